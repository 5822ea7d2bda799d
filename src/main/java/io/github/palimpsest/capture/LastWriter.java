package io.github.palimpsest.capture;

import io.github.palimpsest.CaptureFailedException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;

/**
 * Writes the events of a JTA transaction in which several persistence units may take part: when the
 * last of them has flushed, and with one reason (ADR 0017). The first one's commit comes before the
 * others' row locks, which would be too early for a stamp. For one transaction.
 */
final class LastWriter implements Synchronization {
  private final TransactionSynchronizationRegistry registry;
  private final List<Pending> pending;
  private final boolean isLast;

  private LastWriter(
      TransactionSynchronizationRegistry registry, List<Pending> pending, boolean isLast) {
    this.registry = registry;
    this.pending = pending;
    this.isLast = isLast;
  }

  /**
   * Takes over the changes of a unit that is about to commit.
   *
   * @param connection of its transaction, in use by the provider until then only
   */
  static void takeOver(CommitHook hook, Connection connection, TransactionChanges changes) {
    TransactionSynchronizationRegistry registry = JtaRegistry.find();
    Pending next = new Pending(hook, lasting(connection), changes);
    if (registry.getResource(LastWriter.class) instanceof LastWriter known) {
      known.pending.add(next);
    } else {
      LastWriter first = new LastWriter(registry, new ArrayList<>(List.of(next)), false);
      registry.putResource(LastWriter.class, first);
      registry.registerInterposedSynchronization(first);
    }
  }

  /**
   * The provider closes its handle; the connection behind it stays the transaction's to its end.
   */
  private static Connection lasting(Connection connection) {
    try {
      return connection.unwrap(BaseConnection.class);
    } catch (SQLException e) {
      throw new CaptureFailedException(
          "The connection of the transaction is lost (SQLState %s).".formatted(e.getSQLState()), e);
    }
  }

  /** What registers while others complete comes after them. */
  @Override
  public void beforeCompletion() {
    if (!isLast) {
      registry.registerInterposedSynchronization(new LastWriter(registry, pending, true));
    } else if (registry.getTransactionStatus() == Status.STATUS_ACTIVE) {
      write();
    }
  }

  private void write() {
    Optional<String> reason =
        pending.stream().flatMap(each -> each.changes().reason().stream()).findFirst();
    for (Pending each : pending) {
      reason.ifPresent(each.changes()::reason);
      each.hook().append(each.connection(), each.changes());
    }
    pending.clear();
  }

  @Override
  public void afterCompletion(int status) {
    pending.clear();
  }

  /** One unit's part of the transaction. */
  private record Pending(CommitHook hook, Connection connection, TransactionChanges changes) {}
}

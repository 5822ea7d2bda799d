package io.github.palimpsest.capture;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a transaction's events when a provider says that its last flush is done and its commit is
 * next: all row locks are held then, so events are stamped in the order in which conflicting
 * transactions commit. One for each persistence unit; safe for threads.
 */
public final class CommitHook {
  private final EntityModels models;
  private final EventWriter writer = new EventWriter();

  /** Creates the hook of the persistence unit that has these entities. */
  public CommitHook(EntityModels models) {
    this.models = models;
  }

  /** Returns the audited entities. */
  public EntityModels models() {
    return models;
  }

  /**
   * Writes all events on {@code connection}, in its transaction.
   *
   * @throws CaptureFailedException if one cannot be written; the caller lets the transaction fail
   */
  public void beforeCommit(Connection connection, TransactionChanges changes) {
    List<NewEvent> events = changes.events();
    if (events.isEmpty()) {
      return;
    }
    Provenance known = AuditContext.provenance(Caller::actor);
    Provenance provenance =
        new Provenance(known.actor(), reason(changes, known), known.correlationId());
    try {
      writer.register(connection, models.all().stream().map(EntityModel::asContentType).toList());
      writer.append(connection, events, provenance);
    } catch (SQLException e) {
      throw new CaptureFailedException(
          "The events of %s and %d more could not be written: %s (SQLState %s)."
              .formatted(events.get(0).stream(), events.size() - 1, firstLine(e), e.getSQLState()),
          null);
    }
  }

  private static @Nullable String reason(TransactionChanges changes, Provenance known) {
    return changes.reason().isPresent() ? changes.reason().get() : known.reason();
  }

  /** The detail lines below quote rows. */
  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

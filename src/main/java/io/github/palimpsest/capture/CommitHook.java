package io.github.palimpsest.capture;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.ContentType;
import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.Control;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.SpilledEvents;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.event.TriggerNotes;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a transaction's events when a provider says that its last flush is done and its commit is
 * next: all row locks are held then, so events are stamped in the order in which conflicting
 * transactions commit. One for each persistence unit; safe for threads.
 */
public final class CommitHook {
  /** At a few hundred bytes each, some megabytes for a transaction. */
  private static final int BOUND = 10_000;

  private final EntityModels models;
  private final List<ContentType> contentTypes;
  private final ContentTypes registered = new ContentTypes();
  private final Beginnings beginnings;
  private final AtomicLong heaps = new AtomicLong();
  private volatile boolean isShared;

  /**
   * Creates the hook of the persistence unit that has these entities.
   *
   * @param rows reads the live rows of one; throws IllegalArgumentException, which names the
   *     attribute, if they cannot be read as states
   */
  public CommitHook(EntityModels models, Function<EntityModel, LiveRows> rows) {
    this.models = models;
    this.beginnings = Beginnings.of(models, rows, registered);
    this.contentTypes = models.all().stream().map(EntityModel::asContentType).toList();
  }

  /** Returns the audited entities. */
  public EntityModels models() {
    return models;
  }

  /** Returns an empty collection for a transaction of this persistence unit. */
  public TransactionChanges newChanges() {
    return new TransactionChanges(BOUND, heaps.incrementAndGet());
  }

  /**
   * Puts the changes aside if there are many. May be called within a flush: it uses the connection,
   * not the provider.
   *
   * @throws CaptureFailedException if they cannot be put aside
   */
  public void keepSmall(Supplier<Connection> connection, TransactionChanges changes) {
    if (changes.isFull()) {
      spill(connection.get(), changes);
    }
  }

  /**
   * Reads the state of an entity that is about to be deleted, if its history has none: afterwards
   * it is gone. May be called within a flush.
   *
   * @throws CaptureFailedException if it cannot be read
   */
  public void removing(
      Supplier<Connection> connection,
      TransactionChanges changes,
      EntityModel model,
      Object entity) {
    Optional<StreamId> stream =
        model.stream(entity).filter(beginnings::mayBeStateless).filter(changes::isToBeAskedFor);
    if (stream.isPresent()) {
      write(
          "The state of %s".formatted(stream.get()),
          () ->
              beginnings
                  .find(connection.get(), stream.get())
                  .ifPresent(state -> changes.removing(model, entity, state)));
    }
  }

  /**
   * Says that other audited persistence units may take part in the JTA transactions of this one.
   */
  public void shareTransactions() {
    isShared = true;
  }

  /**
   * Writes all events on {@code connection}, in its transaction, or when the last of several
   * persistence units has flushed (ADR 0017).
   *
   * @return a collection for what changes from now on
   * @throws CaptureFailedException if one cannot be written; the caller lets the transaction fail
   */
  public TransactionChanges beforeCommit(Connection connection, TransactionChanges changes) {
    if (isShared) {
      LastWriter.takeOver(this, connection, changes);
      return newChanges();
    }
    append(connection, changes);
    changes.clear();
    return changes;
  }

  /** While capture is paused, that and the domain events are appended only. */
  void append(Connection connection, TransactionChanges changes) {
    if (changes.spilled() > 0) {
      spill(connection, changes);
      appendSpilled(connection, changes);
      return;
    }
    List<NewEvent> all = changes.events();
    List<NewEvent> events =
        AuditContext.pause().isPresent() ? LeftOut.of(all, changes.hasRunStatements()) : all;
    if (!events.isEmpty()) {
      write(
          "The events of %s and %d more".formatted(events.get(0).stream(), events.size() - 1),
          () -> beginnings.append(connection, events, provenance(connection, changes)));
    } else if (changes.hasRunStatements()) {
      write(
          "Who runs the statements",
          () -> TriggerNotes.act(connection, provenance(connection, changes)));
    }
  }

  private void appendSpilled(Connection connection, TransactionChanges changes) {
    write(
        "%d events".formatted(changes.spilled()),
        () -> {
          SpilledEvents spilled = spilled(changes);
          long count = changes.spilled();
          if (AuditContext.pause().isPresent()) {
            count = leaveOut(connection, spilled, count);
          }
          beginnings.append(connection, spilled, count, provenance(connection, changes));
        });
  }

  /** Returns how many events are to be written now. */
  private long leaveOut(Connection connection, SpilledEvents spilled, long count)
      throws SQLException {
    LeftOut leftOut = new LeftOut();
    long kept = count - spilled.leaveOut(connection, leftOut::add);
    if (leftOut.isEmpty()) {
      return kept;
    }
    spilled.add(connection, List.of(leftOut.event()));
    return kept + 1;
  }

  private void spill(Connection connection, TransactionChanges changes) {
    List<NewEvent> events = changes.takeOut();
    write("%d events".formatted(events.size()), () -> spilled(changes).add(connection, events));
  }

  private SpilledEvents spilled(TransactionChanges changes) {
    return new SpilledEvents(registered, changes.heap());
  }

  private Provenance provenance(Connection connection, TransactionChanges changes)
      throws SQLException {
    registered.register(connection, contentTypes);
    boolean isPaused = AuditContext.pause().isPresent();
    if (isPaused || changes.hasControlEvents()) {
      registered.register(connection, List.of(Control.TYPE));
    }
    if (isPaused) {
      TriggerNotes.pause(connection);
    }
    Provenance known = AuditContext.provenance(Caller::actor);
    return isPaused
        ? known
        : new Provenance(known.actor(), reason(changes, known), known.correlationId());
  }

  private static void write(String what, Write write) {
    try {
      write.run();
    } catch (SQLException e) {
      throw new CaptureFailedException(
          "%s could not be written: %s (SQLState %s)."
              .formatted(what, firstLine(e), e.getSQLState()),
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

  @FunctionalInterface
  private interface Write {
    void run() throws SQLException;
  }
}

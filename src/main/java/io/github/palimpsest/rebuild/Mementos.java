package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.StateChange;
import io.github.palimpsest.event.StateChanges;
import io.github.palimpsest.event.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The mementos of one object up to a settled instant, in the order of their positions: one for each
 * transaction that changed its state. What was answered once stays so; later ones come after it.
 * Safe for threads.
 */
public final class Mementos {
  private static final Duration SECOND_LESS_ONE_MICROSECOND =
      Duration.ofSeconds(1).minus(1, ChronoUnit.MICROS);

  /** More than the events that one transaction has of one object, nearly always. */
  private static final int FEW = 4;

  private final SettledChanges changes;

  Mementos(Connections connections, StreamId stream, Instant settled) {
    this.changes = new SettledChanges(connections, new StateChanges(), stream, settled);
  }

  /** Returns the first one; empty if the object never had a state. */
  public Optional<Memento> first() {
    return after(0);
  }

  /** Returns the last one; empty if the object never had a state. */
  public Optional<Memento> last() {
    return changes.before(Long.MAX_VALUE, 1).stream().findFirst().map(Memento::of);
  }

  /** Returns the one at a position; empty if there is none. */
  public Optional<Memento> at(long position) {
    List<StateChange> nearest = changes.before(position + 1, 1);
    if (nearest.isEmpty() || nearest.get(0).position() != position) {
      return Optional.empty();
    }
    StateChange change = nearest.get(0);
    return changes.after(position, 1).stream().anyMatch(next -> isSameTransaction(next, change))
        ? Optional.empty()
        : Optional.of(Memento.of(change));
  }

  /**
   * Returns the newest one whose datetime is not later than that of {@code asked}; the first one if
   * all are later (RFC 7089 §4.5.3); empty if the object never had a state.
   */
  public Optional<Memento> nearest(Instant asked) {
    Instant until = asked.truncatedTo(ChronoUnit.SECONDS).plus(SECOND_LESS_ONE_MICROSECOND);
    return changes.before(Long.MAX_VALUE, until, 1).stream()
        .findFirst()
        .map(Memento::of)
        .or(this::first);
  }

  /** Returns the neighbour before one of these. */
  public Optional<Memento> before(Memento memento) {
    List<StateChange> batch = changes.before(memento.position() + 1, FEW);
    StateChange itself = batch.get(0);
    while (!batch.isEmpty()) {
      for (StateChange change : batch) {
        if (!isSameTransaction(change, itself)) {
          return Optional.of(Memento.of(change));
        }
      }
      batch = changes.before(batch.get(batch.size() - 1).position(), FEW);
    }
    return Optional.empty();
  }

  /** Returns the neighbour after one of these. */
  public Optional<Memento> after(Memento memento) {
    return after(memento.position());
  }

  /**
   * Returns the page that begins after a position; empty if there is none.
   *
   * @param position of the last memento of the page before, 0 for the first page
   * @param size about so many, from 1
   */
  public Optional<MementoPage> pageAfter(long position, int size) {
    return new MementoPages(changes, size).after(position);
  }

  /**
   * Returns the page that ends before a position; empty if there is none.
   *
   * @param position of the first memento of the page after it
   * @param size about so many, from 1
   */
  public Optional<MementoPage> pageBefore(long position, int size) {
    return new MementoPages(changes, size).before(position);
  }

  /** Returns the last position of the transaction that changed the state next. */
  private Optional<Memento> after(long position) {
    List<StateChange> batch = changes.after(position, FEW);
    Optional<StateChange> found = Optional.empty();
    while (!batch.isEmpty()) {
      for (StateChange change : batch) {
        if (found.isPresent() && !isSameTransaction(change, found.get())) {
          return found.map(Memento::of);
        }
        found = Optional.of(change);
      }
      batch = changes.after(batch.get(batch.size() - 1).position(), FEW);
    }
    return found.map(Memento::of);
  }

  private static boolean isSameTransaction(StateChange one, StateChange other) {
    return one.transaction() == other.transaction();
  }
}

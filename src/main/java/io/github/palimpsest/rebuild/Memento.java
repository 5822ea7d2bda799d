package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.StateChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The state of an object after one transaction that changed it, by the last position that did (RFC
 * 7089 §1.2). Between two events of one transaction the object never was in a state.
 *
 * @param position names it within its object, for ever
 * @param timeCreated of the transaction, microseconds
 */
public record Memento(long position, Instant timeCreated) {
  static Memento of(StateChange change) {
    return new Memento(change.position(), change.timeCreated());
  }

  /** Returns its datetime, in whole seconds as HTTP has them: several mementos may share one. */
  public Instant datetime() {
    return timeCreated.truncatedTo(ChronoUnit.SECONDS);
  }
}

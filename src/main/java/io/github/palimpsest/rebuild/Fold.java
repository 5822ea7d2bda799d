package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Replay;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into states, in position order. Pure. A full state takes the place of what was
 * before, an update sets attributes, a remove leaves nothing; an attribute set to null is present
 * as null.
 */
public final class Fold {
  private Fold() {}

  /**
   * Returns the state after all of {@code replay}; empty if there are neither snapshot nor event.
   */
  public static Optional<State> of(Replay replay) {
    State state = replay.snapshot() == null ? null : State.of(replay.snapshot());
    for (Event event : replay.events()) {
      state = next(state, event);
    }
    return Optional.ofNullable(state);
  }

  /**
   * Returns the state after {@code event}; domain events change nothing.
   *
   * @param state the state before; null before the first event
   */
  public static State next(@Nullable State state, Event event) {
    State before = state == null ? State.before(event) : state;
    if (event.operation() == Operation.DOMAIN) {
      return before;
    }
    SortedMap<String, JsonValue> attributes =
        event.operation() == Operation.UPDATE
            ? new TreeMap<>(before.attributes())
            : new TreeMap<>();
    attributes.putAll(event.body());
    return new State(
        event.stream(),
        event.position(),
        later(before.timeCreated(), event.timeCreated()),
        event.operation(),
        event.schemaVersion(),
        attributes);
  }

  /** The clock may have stepped back between two events of a stream. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Upcasters;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into states, in position order. Pure; safe for threads. A full state takes the place
 * of what was before, an update sets attributes, a remove leaves nothing; an attribute set to null
 * is present as null. Where two versions of an entity class meet, the older side is upcast first:
 * the state before an update of a newer class, the changes of an update of an older one.
 */
public final class Fold {
  private final Upcasters upcasters;

  /** Creates a fold. */
  public Fold(Upcasters upcasters) {
    this.upcasters = upcasters;
  }

  /**
   * Returns the state after all of {@code replay}, as the classes that wrote it know it; empty if
   * there are neither snapshot nor event.
   *
   * @throws UnreadableEventException if an upcaster fails
   */
  public Optional<State> of(Replay replay) {
    State state = replay.snapshot() == null ? null : State.of(replay.snapshot());
    for (Event event : replay.events()) {
      state = next(state, event);
    }
    return Optional.ofNullable(state);
  }

  /**
   * Returns the state after {@code event}, as the classes that wrote the two know it; domain events
   * change nothing.
   *
   * @param state the state before, not upcast to today; null before the first event
   * @throws UnreadableEventException if an upcaster fails
   */
  public State next(@Nullable State state, Event event) {
    State before = state == null ? State.before(event) : state;
    if (event.operation() == Operation.DOMAIN) {
      return before;
    }
    boolean isMerged = event.operation() == Operation.UPDATE && !before.isTombstone();
    int version =
        isMerged ? Math.max(before.schemaVersion(), event.schemaVersion()) : event.schemaVersion();
    SortedMap<String, JsonValue> attributes = new TreeMap<>();
    if (isMerged) {
      attributes.putAll(in(before, version));
    }
    attributes.putAll(changes(event, version));
    return new State(
        event.stream(),
        event.position(),
        later(before.timeCreated(), event.timeCreated()),
        event.operation(),
        version,
        attributes);
  }

  /**
   * Returns the state as today's class writes it.
   *
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote it
   */
  public State today(State state) {
    if (state.isTombstone()) {
      return state;
    }
    int today = upcasters.today(state.stream(), state.position(), state.schemaVersion());
    return today == state.schemaVersion()
        ? state
        : new State(
            state.stream(),
            state.position(),
            state.timeCreated(),
            state.operation(),
            today,
            new TreeMap<>(in(state, today)));
  }

  private Map<String, JsonValue> in(State state, int version) {
    return state.schemaVersion() == version
        ? state.attributes()
        : upcasters.state(
            state.stream(),
            state.position(),
            JsonText.object(state.attributes()),
            state.schemaVersion(),
            version);
  }

  private JsonObject changes(Event event, int version) {
    return upcasters.changes(
        event.stream(), event.position(), event.body(), event.schemaVersion(), version);
  }

  /** The clock may have stepped back between two events of a stream. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

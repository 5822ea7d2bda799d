package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import jakarta.json.JsonValue;
import java.time.Instant;

/**
 * A value that an attribute had for a while.
 *
 * @param value as it is stored; JSON null if it had none, or the object was removed
 * @param event what gave it, which also tells who and why
 */
public record AttributeValue(JsonValue value, Event event) {
  /** Returns since when it had it. */
  public Instant since() {
    return event.timeCreated();
  }
}

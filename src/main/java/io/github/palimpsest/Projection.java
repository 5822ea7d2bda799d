package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import jakarta.json.JsonValue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fold of one object's domain events into a value, such as the balance of an account.
 *
 * @param <R> the value
 * @param initial the value before the first event
 * @param fold pure: the value so far and the next domain event to the next value
 * @param stored how values are stored on the way, so that not all events are folded again; null if
 *     they are not
 */
public record Projection<R>(R initial, BiFunction<R, Event, R> fold, @Nullable Stored<R> stored) {
  /**
   * How values are stored.
   *
   * @param <R> the value
   * @param name of the projection, not blank: no other one of the content type has it
   * @param version 1 or more: another one when the fold or the form of the value changes, which
   *     leaves alone what was stored before
   * @param write the value as JSON
   * @param read JSON back to the value
   */
  public record Stored<R>(
      String name, int version, Function<R, JsonValue> write, Function<JsonValue, R> read) {
    public Stored {
      if (name.isBlank() || version < 1) {
        throw new IllegalArgumentException(
            "a stored projection needs a name and a version of 1 or more");
      }
    }
  }

  /** Creates a projection that folds all events each time. */
  public Projection(R initial, BiFunction<R, Event, R> fold) {
    this(initial, fold, null);
  }

  /**
   * Returns this, with its value stored after every 100 events. What it comes to is the same;
   * losing what is stored loses nothing.
   *
   * @throws IllegalArgumentException if the name is blank or the version less than 1
   */
  public Projection<R> stored(
      String name, int version, Function<R, JsonValue> write, Function<JsonValue, R> read) {
    return new Projection<>(initial, fold, new Stored<>(name, version, write, read));
  }
}

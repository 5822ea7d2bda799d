package io.github.palimpsest.restore;

import io.github.palimpsest.event.Bound;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which old state to restore.
 *
 * @param asOf the instant, or null when {@code bound} is a position
 * @param bound up to where events count
 */
public record Target(@Nullable Instant asOf, Bound bound) {
  /** Returns the state at an instant (inclusive), which the caller has settled. */
  public static Target asOf(Instant instant) {
    return new Target(instant, Bound.asOf(instant));
  }

  /** Returns the state right after the event at {@code position}. */
  public static Target at(long position) {
    return new Target(null, Bound.at(position));
  }
}

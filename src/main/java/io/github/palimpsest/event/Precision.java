package io.github.palimpsest.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Events are stamped in microseconds, and a driver rounds what is finer to the nearest one: an
 * instant just before an event would mean the event's own. It is cut, or raised, before that.
 */
public final class Precision {
  private Precision() {}

  /** Returns the last microsecond that is not after the instant. */
  public static Instant down(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns the first microsecond that is not before the instant. */
  static Instant up(Instant instant) {
    Instant down = down(instant);
    return down.equals(instant) ? down : down.plus(1, ChronoUnit.MICROS);
  }
}

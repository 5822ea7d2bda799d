package io.github.palimpsest.event;

import java.time.Instant;

/**
 * Up to where events count; both limits are inclusive and both must hold.
 *
 * @param time created at or before; what is finer than microseconds is cut
 * @param position at or before
 */
public record Bound(Instant time, long position) {
  /** Far later than any stamp, and within what PostgreSQL can hold. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

  public Bound {
    time = Precision.down(time);
  }

  /** Returns the bound of everything created at or before {@code instant}. */
  public static Bound asOf(Instant instant) {
    return new Bound(instant, Long.MAX_VALUE);
  }

  /** Returns the bound of everything at or before {@code position}. */
  public static Bound at(long position) {
    return new Bound(END_OF_TIME, position);
  }

  /** Returns the bound that leaves nothing out. */
  public static Bound none() {
    return at(Long.MAX_VALUE);
  }
}

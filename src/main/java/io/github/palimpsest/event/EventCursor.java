package io.github.palimpsest.event;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A place in the order of the feed: time created, and position within it. Positions alone would not
 * do, since transactions may commit out of their order.
 *
 * @param timeCreated of the event, microseconds
 * @param position of the event
 */
public record EventCursor(Instant timeCreated, long position) {
  private static final long LAST = 999_999_999_999_999_999L;

  /** Returns the place before all events of an instant. */
  public static EventCursor beginningOf(Instant instant) {
    return new EventCursor(instant, 0);
  }

  /** Returns the place after all events of an instant. */
  public static EventCursor endOf(Instant instant) {
    return new EventCursor(instant, LAST);
  }

  /** Returns the place of an event. */
  public static EventCursor of(Event event) {
    return new EventCursor(event.timeCreated(), event.position());
  }

  /**
   * Returns the place that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static EventCursor parse(String text) {
    int separator = text.indexOf('_');
    String position = text.substring(separator + 1);
    if (separator < 0 || !position.matches("[0-9]{1,18}")) {
      throw malformed();
    }
    try {
      return new EventCursor(Instant.parse(text.substring(0, separator)), Long.parseLong(position));
    } catch (DateTimeParseException e) {
      throw malformed();
    }
  }

  /** Returns it as text that needs no encoding in a URL but for its colons. */
  public String text() {
    return timeCreated + "_" + position;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "a cursor is an instant and a position, such as 2026-01-31T12:00:00Z_17");
  }
}

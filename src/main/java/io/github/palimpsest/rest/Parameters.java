package io.github.palimpsest.rest;

import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads parameters; a malformed one is a problem that names it. */
final class Parameters {
  /** Page size when none is asked for. */
  static final int DEFAULT_LIMIT = 100;

  /** Largest page. */
  static final int LARGEST_LIMIT = 1000;

  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private Parameters() {}

  /** Returns the instant, or null if there is none; finer than microseconds is refused. */
  static @Nullable Instant instant(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
        throw ProblemException.malformedParameter(
            name, name + " must not be finer than microseconds.");
      }
      if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END)) {
        throw ProblemException.malformedParameter(name, name + " must be of 1970 to 9999.");
      }
      return instant;
    } catch (DateTimeException e) {
      throw ProblemException.malformedParameter(
          name, name + " must be ISO-8601 with an offset, such as 2026-01-31T12:00:00Z.");
    }
  }

  /** Returns the instant, which must be given. */
  static Instant required(String name, @Nullable String text) {
    Instant instant = instant(name, text);
    if (instant == null) {
      throw ProblemException.malformedParameter(name, name + " must be given.");
    }
    return instant;
  }

  /** Returns the page size, the default if there is none. */
  static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LARGEST_LIMIT) {
      throw ProblemException.malformedParameter(
          "limit", "limit must be 1 to %d.".formatted(LARGEST_LIMIT));
    }
    return Integer.parseInt(text);
  }

  /** Returns the text, empty if there is none; PostgreSQL holds no NUL. */
  static String text(String name, @Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw ProblemException.malformedParameter(name, name + " must not contain NUL.");
    }
    return text == null ? "" : text;
  }

  /** Returns the position, 0 if there is none. */
  static long position(String name, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ProblemException.malformedParameter(name, name + " must be a position.");
    }
    return Long.parseLong(text);
  }

  /** Returns the place in the feed, or null if there is none. */
  static @Nullable EventCursor cursor(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      EventCursor cursor = EventCursor.parse(text);
      instant(name, cursor.timeCreated().toString());
      return cursor;
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter(name, "%s: %s.".formatted(name, e.getMessage()));
    }
  }

  /** Returns the operation of that name. */
  static Operation operation(String text) {
    try {
      return Operation.of(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter(
          "operation", "operation must be persist, update, remove, domain or baseline.");
    }
  }

  /** Returns the number; what cannot be one names no transaction. */
  static long transaction(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw ProblemException.malformedParameter(
          "transaction", "transaction must be the number of a transaction.");
    }
    return Long.parseLong(text);
  }
}

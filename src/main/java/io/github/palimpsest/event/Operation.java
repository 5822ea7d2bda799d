package io.github.palimpsest.event;

import java.util.Locale;

/** What an event did to its object. */
public enum Operation {
  /** The object came into being; the body is its full state. */
  PERSIST,
  /** Attributes changed; the body holds their new values. */
  UPDATE,
  /** The object was removed (tombstone); the body is empty. */
  REMOVE,
  /** A named event of the application; it does not change the state. */
  DOMAIN,
  /** The full state of a row that existed before capture began. */
  BASELINE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Returns the stored form: the lower-case name. */
  public String text() {
    return text;
  }

  /** Returns whether the body is a full state. */
  public boolean carriesFullState() {
    return this == PERSIST || this == BASELINE;
  }

  /**
   * Returns the operation stored as {@code text}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Operation of(String text) {
    for (Operation operation : values()) {
      if (operation.text.equals(text)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        "operation must be persist, update, remove, domain or baseline, was " + text);
  }
}

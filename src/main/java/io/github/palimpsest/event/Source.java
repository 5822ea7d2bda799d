package io.github.palimpsest.event;

import java.util.Locale;

/** Who saw the change. */
public enum Source {
  /** The entity listener. */
  JPA,
  /** The application, by a domain event. */
  APPLICATION,
  /** A database trigger. */
  DATABASE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Returns the stored form: the lower-case name. */
  public String text() {
    return text;
  }
}

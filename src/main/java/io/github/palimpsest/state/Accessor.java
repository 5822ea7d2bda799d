package io.github.palimpsest.state;

import org.jspecify.annotations.Nullable;

/** Reads and sets one attribute of an entity or embeddable, as the JPA provider does. */
public interface Accessor {
  /** Returns the value; loads it if it is lazy and not loaded. */
  @Nullable Object get(Object owner);

  /** Sets the value on an instance that is not managed. */
  void set(Object owner, @Nullable Object value);
}

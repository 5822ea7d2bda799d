package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Accessor;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/** Reaches one of several id attributes; a proxy is loaded for it, since it holds its key whole. */
record IdPartAccessor(Accessor attribute) implements Accessor {
  @Override
  public @Nullable Object get(Object owner) {
    return attribute.get(Hibernate.unproxy(owner));
  }

  @Override
  public void set(Object owner, @Nullable Object value) {
    attribute.set(owner, value);
  }
}

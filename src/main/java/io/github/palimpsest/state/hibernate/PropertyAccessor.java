package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Accessor;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/** Reaches an attribute as Hibernate does, so field, property and enhanced access all work. */
record PropertyAccessor(PropertyAccess access) implements Accessor {
  @Override
  public @Nullable Object get(Object owner) {
    return access.getGetter().get(owner);
  }

  @Override
  public void set(Object owner, @Nullable Object value) {
    access.getSetter().set(owner, value);
  }
}

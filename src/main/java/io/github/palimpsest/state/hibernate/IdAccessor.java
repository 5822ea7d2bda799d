package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Accessor;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/** Reaches an id of one attribute; a proxy knows it without being loaded. */
record IdAccessor(EntityIdentifierMapping id, Accessor attribute) implements Accessor {
  @Override
  public @Nullable Object get(Object owner) {
    LazyInitializer proxy = HibernateProxy.extractLazyInitializer(owner);
    return proxy == null ? id.getIdentifier(owner) : proxy.getInternalIdentifier();
  }

  @Override
  public void set(Object owner, @Nullable Object value) {
    attribute.set(owner, value);
  }
}

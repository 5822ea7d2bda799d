package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Accessor;
import org.hibernate.bytecode.enhance.spi.interceptor.BytecodeLazyAttributeInterceptor;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/**
 * Reaches an attribute as Hibernate does, so field, property and enhanced access all work.
 *
 * @param name of the attribute: an enhanced entity knows by it what is not loaded
 */
record PropertyAccessor(String name, PropertyAccess access) implements Accessor {
  @Override
  public @Nullable Object get(Object owner) {
    Object value = access.getGetter().get(owner);
    return owner instanceof PersistentAttributeInterceptable enhanced
            && enhanced.$$_hibernate_getInterceptor()
                instanceof BytecodeLazyAttributeInterceptor interceptor
            && !interceptor.isAttributeLoaded(name)
        ? interceptor.readObject(owner, name, value)
        : value;
  }

  @Override
  public void set(Object owner, @Nullable Object value) {
    access.getSetter().set(owner, value);
  }
}

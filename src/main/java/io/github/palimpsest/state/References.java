package io.github.palimpsest.state;

import org.jspecify.annotations.Nullable;

/** Turns a reference in a state into an entity. */
@FunctionalInterface
public interface References {
  /**
   * Returns the entity, or null if there is none (which the implementation may want to remember).
   *
   * @param primaryKey as {@code EntityManager.find} takes it
   */
  @Nullable Object resolve(Class<?> entityClass, Object primaryKey);
}

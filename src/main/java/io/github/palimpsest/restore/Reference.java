package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModels;
import java.util.Optional;

/** To what an attribute refers; the class need not be audited. */
record Reference(Class<?> entityClass, Object primaryKey) {
  /** Returns the stream it leads to; empty if the class is not audited. */
  Optional<StreamId> stream(EntityModels models) {
    return models.stream(entityClass, primaryKey);
  }

  /** Returns its name in messages. */
  String name() {
    return entityClass.getSimpleName() + " " + primaryKey;
  }
}

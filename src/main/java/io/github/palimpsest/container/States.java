package io.github.palimpsest.container;

import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;

/** Makes detached entities of states. */
record States(EntityModels models) {
  static States of(AuditedUnit unit) {
    return new States(unit.models());
  }

  <T> T entity(Class<T> type, EntityModel model, State state) {
    try {
      return type.cast(model.instantiate(state.attributes(), models::stub));
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          state.stream().contentType(),
          state.stream().objectId(),
          String.valueOf(e.getMessage()),
          e);
    }
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.References;

/**
 * Makes entities of states; they are not managed.
 *
 * @param references what a reference leads to
 */
public record DetachedEntities(References references) {
  /**
   * Returns a new entity with what {@code state} holds.
   *
   * @throws UnreadableEventException if the state does not fit the class
   */
  public Object of(EntityModel model, State state) {
    try {
      return model.instantiate(state.attributes(), references);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          state.stream().contentType(),
          state.stream().objectId(),
          String.valueOf(e.getMessage()),
          e);
    }
  }
}

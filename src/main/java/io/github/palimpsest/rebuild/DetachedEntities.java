package io.github.palimpsest.rebuild;

import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.References;
import java.util.function.Supplier;

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
    return fitting(state, () -> model.instantiate(state.attributes(), references));
  }

  /** Returns what {@code made} makes of the state; that it does not fit is told in its words. */
  static <R> R fitting(State state, Supplier<R> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          state.stream().contentType(),
          state.stream().objectId(),
          String.valueOf(e.getMessage()),
          e);
    }
  }
}

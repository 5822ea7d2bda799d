package io.github.palimpsest.restore;

import io.github.palimpsest.rebuild.State;
import java.util.List;

/**
 * Picks whose objects are to be restored: of many at once, as what they refer to has to be read.
 */
@FunctionalInterface
public interface StateFilter {
  /** Returns those of some states of then that are wanted, in their order. */
  List<State> of(List<State> states);

  /** Returns the filter that wants all. */
  static StateFilter all() {
    return states -> states;
  }
}

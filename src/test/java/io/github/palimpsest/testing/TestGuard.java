package io.github.palimpsest.testing;

import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.state.EntityModel;
import java.util.function.Predicate;

/** The guard of a unit. */
public final class TestGuard {
  private TestGuard() {}

  /** Returns it, with nothing installed. */
  public static Guard of(JpaProvider provider, TestUnit unit, Predicate<EntityModel> isGuarded) {
    return new Guard(
        unit.database().connections(),
        unit.database().ownerConnections(),
        provider.models(unit.factory()).all(),
        isGuarded,
        model -> provider.sql(unit.factory(), model));
  }
}

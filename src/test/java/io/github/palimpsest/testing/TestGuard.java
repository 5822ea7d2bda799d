package io.github.palimpsest.testing;

import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import java.util.function.Predicate;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.sessions.Session;

/** The guard of a unit on EclipseLink. */
public final class TestGuard {
  private TestGuard() {}

  /** Returns it, with nothing installed. */
  public static Guard of(TestUnit unit, Predicate<EntityModel> isGuarded) {
    Session session = JpaHelper.getServerSession(unit.factory());
    return new Guard(
        unit.database().connections(),
        unit.database().ownerConnections(),
        EclipseLinkModels.of(session).all(),
        isGuarded,
        model -> EclipseLinkStateSql.of(session, model));
  }
}

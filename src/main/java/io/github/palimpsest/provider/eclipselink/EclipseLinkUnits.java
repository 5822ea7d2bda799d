package io.github.palimpsest.provider.eclipselink;

import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.provider.JpaUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.persistence.internal.jpa.EntityManagerFactoryProvider;
import org.eclipse.persistence.internal.jpa.EntityManagerSetupImpl;
import org.eclipse.persistence.sessions.server.ServerSession;

/** Finds the application's persistence units in EclipseLink's own list (ADR 0016). */
public final class EclipseLinkUnits {
  private static final System.Logger LOG = System.getLogger(EclipseLinkUnits.class.getName());

  private EclipseLinkUnits() {}

  /** Returns the JTA units whose classes {@code application} loads. */
  public static List<JpaUnit> of(ClassLoader application) {
    List<JpaUnit> units = new ArrayList<>();
    for (EntityManagerSetupImpl setup : setups()) {
      if (sees(application, setup) && setup.getSession() instanceof ServerSession session) {
        String name = setup.getPersistenceUnitInfo().getPersistenceUnitName();
        if (session.hasExternalTransactionController()) {
          units.add(new EclipseLinkUnit(name, session));
        } else {
          LOG.log(WARNING, "The unit {0} takes no part in JTA: its history cannot be read", name);
        }
      }
    }
    return units;
  }

  private static List<EntityManagerSetupImpl> setups() {
    synchronized (EntityManagerFactoryProvider.emSetupImpls) {
      return List.copyOf(EntityManagerFactoryProvider.getEmSetupImpls().values());
    }
  }

  private static boolean sees(ClassLoader application, EntityManagerSetupImpl setup) {
    ClassLoader units = setup.getPersistenceUnitInfo().getClassLoader();
    for (ClassLoader each = application; each != null; each = each.getParent()) {
      if (each == units) {
        return setup.isDeployed();
      }
    }
    return false;
  }
}

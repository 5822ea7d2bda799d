package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.persistence.internal.jpa.EntityManagerFactoryProvider;
import org.eclipse.persistence.internal.jpa.EntityManagerSetupImpl;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Finds the application's persistence units in EclipseLink's own list, so that the application need
 * not name them (ADR 0016).
 */
final class EclipseLinkUnits {
  private static final System.Logger LOG = System.getLogger(EclipseLinkUnits.class.getName());

  private EclipseLinkUnits() {}

  /** Returns the JTA units whose classes {@code application} loads, by name. */
  static SortedMap<String, ServerSession> of(ClassLoader application) {
    SortedMap<String, ServerSession> units = new TreeMap<>();
    for (EntityManagerSetupImpl setup : setups()) {
      if (sees(application, setup) && setup.getSession() instanceof ServerSession session) {
        String name = setup.getPersistenceUnitInfo().getPersistenceUnitName();
        if (session.hasExternalTransactionController()) {
          units.put(name, session);
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

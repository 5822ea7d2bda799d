package io.github.palimpsest.provider;

import io.github.palimpsest.provider.eclipselink.EclipseLinkUnits;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;

/**
 * Finds the application's persistence units, so that it need not name them (ADR 0016, 0022). Safe
 * for threads.
 */
public final class JpaUnits {
  /** Those of the application that has this class in a class loader of its own. */
  private static final Set<JpaUnit> ANNOUNCED = new CopyOnWriteArraySet<>();

  private JpaUnits() {}

  /** Returns the JTA units whose classes {@code application} loads, by name. */
  public static Collection<JpaUnit> of(ClassLoader application) {
    SortedMap<String, JpaUnit> units = new TreeMap<>();
    Stream.of(EclipseLinkUnits.of(application), ANNOUNCED)
        .flatMap(Collection::stream)
        .forEach(unit -> units.put(unit.name(), unit));
    return List.copyOf(units.values());
  }

  /** Called with a JTA unit whose provider keeps no list of its own. */
  public static void announce(JpaUnit unit) {
    ANNOUNCED.add(unit);
  }

  /** Called when it is closed. */
  public static void withdraw(JpaUnit unit) {
    ANNOUNCED.remove(unit);
  }
}

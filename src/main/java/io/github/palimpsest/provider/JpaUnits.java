package io.github.palimpsest.provider;

import io.github.palimpsest.provider.eclipselink.EclipseLinkUnits;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the application's persistence units, so that it need not name them (ADR 0016). */
public final class JpaUnits {
  private JpaUnits() {}

  /** Returns the JTA units whose classes {@code application} loads, by name. */
  public static Collection<JpaUnit> of(ClassLoader application) {
    SortedMap<String, JpaUnit> units = new TreeMap<>();
    EclipseLinkUnits.of(application).forEach(unit -> units.put(unit.name(), unit));
    return List.copyOf(units.values());
  }
}

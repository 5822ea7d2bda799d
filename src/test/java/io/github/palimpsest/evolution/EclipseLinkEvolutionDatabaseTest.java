package io.github.palimpsest.evolution;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkEvolutionDatabaseTest extends EvolutionConformance {
  EclipseLinkEvolutionDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

package io.github.palimpsest.evolution;

import io.github.palimpsest.testing.JpaProvider;

class HibernateEvolutionDatabaseTest extends EvolutionConformance {
  HibernateEvolutionDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class HibernateFleetDatabaseTest extends FleetConformance {
  HibernateFleetDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

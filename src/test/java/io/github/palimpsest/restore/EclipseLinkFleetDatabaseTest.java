package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkFleetDatabaseTest extends FleetConformance {
  EclipseLinkFleetDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

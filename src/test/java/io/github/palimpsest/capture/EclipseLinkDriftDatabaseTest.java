package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkDriftDatabaseTest extends DriftConformance {
  EclipseLinkDriftDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

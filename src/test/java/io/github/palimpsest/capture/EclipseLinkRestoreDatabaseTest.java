package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkRestoreDatabaseTest extends RestoreConformance {
  EclipseLinkRestoreDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

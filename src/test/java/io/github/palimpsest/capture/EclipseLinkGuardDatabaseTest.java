package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkGuardDatabaseTest extends GuardConformance {
  EclipseLinkGuardDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

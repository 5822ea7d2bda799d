package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkTrapDatabaseTest extends TrapConformance {
  EclipseLinkTrapDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

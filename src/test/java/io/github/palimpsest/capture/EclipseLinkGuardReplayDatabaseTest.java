package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkGuardReplayDatabaseTest extends GuardReplayConformance {
  EclipseLinkGuardReplayDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

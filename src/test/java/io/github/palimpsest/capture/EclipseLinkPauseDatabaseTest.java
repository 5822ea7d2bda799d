package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkPauseDatabaseTest extends PauseConformance {
  EclipseLinkPauseDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

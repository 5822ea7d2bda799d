package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkCaptureDatabaseTest extends CaptureConformance {
  EclipseLinkCaptureDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

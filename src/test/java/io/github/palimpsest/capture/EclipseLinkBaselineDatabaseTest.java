package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkBaselineDatabaseTest extends BaselineConformance {
  EclipseLinkBaselineDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

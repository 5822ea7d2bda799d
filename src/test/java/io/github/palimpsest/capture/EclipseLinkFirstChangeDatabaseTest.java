package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkFirstChangeDatabaseTest extends FirstChangeConformance {
  EclipseLinkFirstChangeDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkPastDatabaseTest extends PastConformance {
  EclipseLinkPastDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkEventsDatabaseTest extends EventsConformance {
  EclipseLinkEventsDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

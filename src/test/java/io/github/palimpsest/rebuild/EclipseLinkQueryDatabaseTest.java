package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkQueryDatabaseTest extends QueryConformance {
  EclipseLinkQueryDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

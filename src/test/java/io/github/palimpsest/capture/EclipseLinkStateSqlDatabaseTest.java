package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkStateSqlDatabaseTest extends StateSqlConformance {
  EclipseLinkStateSqlDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

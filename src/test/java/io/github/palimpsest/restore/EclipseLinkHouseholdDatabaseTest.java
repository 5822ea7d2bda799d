package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkHouseholdDatabaseTest extends HouseholdConformance {
  EclipseLinkHouseholdDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

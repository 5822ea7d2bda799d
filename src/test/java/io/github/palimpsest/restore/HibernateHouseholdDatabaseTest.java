package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class HibernateHouseholdDatabaseTest extends HouseholdConformance {
  HibernateHouseholdDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

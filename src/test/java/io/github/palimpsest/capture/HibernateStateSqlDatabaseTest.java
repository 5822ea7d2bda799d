package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateStateSqlDatabaseTest extends StateSqlConformance {
  HibernateStateSqlDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

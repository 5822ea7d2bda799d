package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class HibernateQueryDatabaseTest extends QueryConformance {
  HibernateQueryDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateBaselineDatabaseTest extends BaselineConformance {
  HibernateBaselineDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

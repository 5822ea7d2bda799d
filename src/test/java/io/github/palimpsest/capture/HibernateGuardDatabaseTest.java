package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateGuardDatabaseTest extends GuardConformance {
  HibernateGuardDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

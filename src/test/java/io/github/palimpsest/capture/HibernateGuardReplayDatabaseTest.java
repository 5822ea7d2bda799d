package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateGuardReplayDatabaseTest extends GuardReplayConformance {
  HibernateGuardReplayDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

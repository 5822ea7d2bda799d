package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateTrapDatabaseTest extends TrapConformance {
  HibernateTrapDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

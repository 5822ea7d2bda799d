package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateDriftDatabaseTest extends DriftConformance {
  HibernateDriftDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

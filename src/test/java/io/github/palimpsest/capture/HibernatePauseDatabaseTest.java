package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernatePauseDatabaseTest extends PauseConformance {
  HibernatePauseDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class HibernatePastDatabaseTest extends PastConformance {
  HibernatePastDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

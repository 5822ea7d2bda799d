package io.github.palimpsest.masked;

import io.github.palimpsest.testing.JpaProvider;

class HibernateMaskedDatabaseTest extends MaskedConformance {
  HibernateMaskedDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

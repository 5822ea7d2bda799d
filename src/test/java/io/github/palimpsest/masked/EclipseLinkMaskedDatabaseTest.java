package io.github.palimpsest.masked;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkMaskedDatabaseTest extends MaskedConformance {
  EclipseLinkMaskedDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

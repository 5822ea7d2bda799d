package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkLargeTransactionDatabaseTest extends LargeTransactionConformance {
  EclipseLinkLargeTransactionDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateLargeTransactionDatabaseTest extends LargeTransactionConformance {
  HibernateLargeTransactionDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

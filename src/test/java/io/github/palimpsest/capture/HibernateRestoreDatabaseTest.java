package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateRestoreDatabaseTest extends RestoreConformance {
  HibernateRestoreDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

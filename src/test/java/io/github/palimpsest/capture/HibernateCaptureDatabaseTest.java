package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateCaptureDatabaseTest extends CaptureConformance {
  HibernateCaptureDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

package io.github.palimpsest.capture;

import io.github.palimpsest.testing.JpaProvider;

class HibernateFirstChangeDatabaseTest extends FirstChangeConformance {
  HibernateFirstChangeDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

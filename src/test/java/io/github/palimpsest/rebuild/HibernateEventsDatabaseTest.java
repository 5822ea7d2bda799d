package io.github.palimpsest.rebuild;

import io.github.palimpsest.testing.JpaProvider;

class HibernateEventsDatabaseTest extends EventsConformance {
  HibernateEventsDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class HibernateUndoDatabaseTest extends UndoConformance {
  HibernateUndoDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }
}

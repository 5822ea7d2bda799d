package io.github.palimpsest.restore;

import io.github.palimpsest.testing.JpaProvider;

class EclipseLinkUndoDatabaseTest extends UndoConformance {
  EclipseLinkUndoDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.JpaProvider;
import org.junit.jupiter.api.Test;

class EclipseLinkStateSqlShapesDatabaseTest extends StateSqlShapesConformance {
  private static final String KEYS =
      "attribute keys of io.github.palimpsest.capture.Zoo$Keeper has a mapping that SQL cannot"
          + " express (DirectCollectionMapping)";

  EclipseLinkStateSqlShapesDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }

  @Test
  void what_sql_cannot_express_is_named() {
    assertThatThrownBy(() -> sql("Keeper").asRows())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(KEYS);
  }

  @Test
  void the_other_attributes_of_the_type_are_guarded() {
    guardsTheOthers("Keeper", KEYS + ": its changes are not recorded");
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.JpaProvider;
import org.junit.jupiter.api.Test;

class EclipseLinkStateSqlShapesDatabaseTest extends StateSqlShapesConformance {
  EclipseLinkStateSqlShapesDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }

  @Test
  void what_sql_cannot_express_is_named() {
    assertThatThrownBy(() -> sql("Keeper"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attribute since of io.github.palimpsest.capture.Zoo$Keeper has a mapping that SQL"
                + " cannot express (DirectToFieldMapping)");
  }
}

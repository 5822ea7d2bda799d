package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.JpaProvider;
import org.junit.jupiter.api.Test;

class HibernateStateSqlShapesDatabaseTest extends StateSqlShapesConformance {
  HibernateStateSqlShapesDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }

  @Test
  void what_sql_cannot_express_is_named() {
    assertThatThrownBy(() -> sql("Guide"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attribute tour of io.github.palimpsest.capture.Zoo$Guide has a mapping that SQL"
                + " cannot express (BasicAttributeMapping)");
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestGuard;
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

  @Test
  void a_type_with_large_objects_can_be_read_but_gets_no_triggers() {
    Zoo.Poster poster = new Zoo.Poster();
    poster.picture = new byte[] {1, 2};
    unit.commit(em -> em.persist(poster));

    assertThat(LiveStates.read(unit.database(), sql("Poster").asRows()).byObjectId())
        .hasToString("{0={\"id\":0,\"picture\":\"AQI=\"}}");
    assertThat(
            TestGuard.of(JpaProvider.HIBERNATE, unit, model -> model.contentType().equals("Poster"))
                .install(GuardMode.RECORD)
                .types())
        .singleElement()
        .asString()
        .contains("Poster has large objects, which call no trigger when they change: [picture]");
  }
}

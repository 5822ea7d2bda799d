package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestGuard;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HibernateStateSqlShapesDatabaseTest extends StateSqlShapesConformance {
  private static final String WORDS =
      "attribute words of io.github.palimpsest.capture.Zoo$Speaker has a mapping that SQL cannot"
          + " express (PluralAttributeMappingImpl)";

  HibernateStateSqlShapesDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }

  @Test
  void what_sql_cannot_express_is_named() {
    assertThatThrownBy(() -> sql("Speaker").asRows())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(WORDS);
  }

  @Test
  void a_value_that_the_column_holds_as_a_text_is_recorded_as_that() {
    Zoo.Speaker speaker = new Zoo.Speaker();
    speaker.language = Locale.CANADA_FRENCH;
    unit.commit(em -> em.persist(speaker));

    assertThat(sql("Speaker").attributes()).containsKey("language");
    assertThat(
            unit.database()
                .rows(
                    "select e.body->>'language', s.language from palimpsest.event e, speaker s order by e.id desc limit 1"))
        .containsExactly("fr_CA fr_CA");
    assertThat(unit.rebuilder().at(new StreamId("Speaker", "0"), Bound.none()))
        .hasValueSatisfying(
            state ->
                assertThat(
                        JpaProvider.HIBERNATE
                            .models(unit.factory())
                            .of("Speaker")
                            .orElseThrow()
                            .instantiate(state.attributes(), (type, id) -> null))
                    .extracting("language")
                    .isEqualTo(Locale.CANADA_FRENCH));
  }

  @Test
  void the_other_attributes_of_the_type_are_guarded() {
    guardsTheOthers("Speaker", WORDS + ": its changes are not recorded");
  }

  @Test
  void large_objects_that_the_guard_may_not_read_are_left_out() {
    GuardReport report =
        TestGuard.of(JpaProvider.HIBERNATE, unit, model -> model.contentType().equals("Poster"))
            .install(GuardMode.RECORD);
    Zoo.Poster poster = new Zoo.Poster();
    poster.picture = new byte[] {1, 2};
    unit.commit(em -> em.persist(poster));

    unit.database()
        .execute("update poster set title = 'x', picture = lo_from_bytea(0, decode('03', 'hex'))");

    assertThat(LiveStates.read(unit.database(), sql("Poster").asRows()).byObjectId())
        .hasToString("{0={\"id\":0,\"title\":\"x\",\"picture\":\"Aw==\"}}");
    assertThat(report.types())
        .flatExtracting(GuardReport.Type::problems)
        .containsExactly(
            "attribute picture lies in large objects, which %s may not read: its changes are not recorded"
                .formatted(unit.database().login().owner()));
    assertThat(
            unit.database()
                .rows(
                    "select operation, source, body from palimpsest.event order by id desc limit 2"))
        .containsExactly(
            "update database {\"title\": \"x\"}",
            "persist jpa {\"id\": 0, \"title\": null, \"picture\": \"AQI=\"}");
  }
}

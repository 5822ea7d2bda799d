package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a restore makes of columns that no insert or no update writes. */
class UnwrittenRestoreDatabaseTest {
  private static final List<String> BOOKS = List.of("a", "b");

  @ParameterizedTest
  @EnumSource(JpaProvider.class)
  void what_no_update_writes_stays_and_is_told(JpaProvider provider) {
    try (TestUnit unit = Fleet.open(provider)) {
      Instant then = closed(unit);
      unit.database()
          .execute("update logbook set opened = 'april', closed = null, colour = 'x', maker = 'x'");

      Restoration restored = restore(provider, unit, then);

      assertThat(restored.changed()).isEqualTo(2);
      for (Restored each : restored.objects()) {
        assertThat(each.notRestored()).containsExactly("opened", "seal");
        assertThat(each.changes())
            .extracting(change -> change.attribute() + " " + change.after())
            .containsExactly("closed \"june\"", "seal {\"colour\":\"red\",\"maker\":\"x\"}");
      }
      assertThat(content(unit)).containsExactly("a april june red x", "b april june red x");
      assertThat(restore(provider, unit, then).changed()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(JpaProvider.class)
  void what_no_insert_writes_comes_back_with_the_object(JpaProvider provider) {
    try (TestUnit unit = Fleet.open(provider)) {
      Instant then = closed(unit);
      unit.database().execute("delete from logbook");

      Restoration restored = restore(provider, unit, then);

      assertThat(restored.created()).isEqualTo(2);
      assertThat(restored.objects()).extracting(Restored::notRestored).containsOnly(List.of());
      assertThat(content(unit)).containsExactly("a may june red Ada", "b may june red Ada");
    }
  }

  private static Instant closed(TestUnit unit) {
    unit.commit(em -> BOOKS.forEach(id -> em.persist(new Logbook(id))));
    unit.commit(em -> BOOKS.forEach(id -> em.find(Logbook.class, id).closed = "june"));
    return unit.rebuilder().settled(null);
  }

  private static Restoration restore(JpaProvider provider, TestUnit unit, Instant then) {
    return unit.call(
        em ->
            new Restorer(unit.rebuilder(), provider.live(em))
                .restoreAll("Logbook", Restore.to(then, "because"), StateFilter.all()));
  }

  private static List<String> content(TestUnit unit) {
    return unit.database()
        .rows("select id, opened, closed, colour, maker from logbook order by id");
  }
}

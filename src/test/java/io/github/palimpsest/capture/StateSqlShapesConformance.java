package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, inheritance and tables of every shape, in SQL and as captured. */
abstract class StateSqlShapesConformance {
  private static final List<String> TYPES =
      List.of("Animal", "Cat", "Cart", "Cage", "Visitor", "Guide");

  private final JpaProvider provider;
  TestUnit unit;
  private EntityModels models;

  StateSqlShapesConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "zoo");
    models = provider.models(unit.factory());
    unit.commit(StateSqlShapesConformance::fill);
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void what_sql_reads_is_what_capture_recorded() {
    Rebuilder rebuilder = unit.rebuilder();

    for (String type : TYPES) {
      LiveStates live = LiveStates.read(unit.database(), sql(type).asRows());

      assertThat(live.byObjectId()).as(type).isNotEmpty();
      assertThat(live.differences(rebuilder.all(type, rebuilder.settled(null), "")))
          .as(type)
          .isEmpty();
    }
  }

  @Test
  void a_baseline_finds_keys_of_several_columns() {
    unit.database()
        .execute(
            """
            insert into visitor (day, name)
            select i / 3, 'v' || i from generate_series(10, 30) i
            """);
    Baseline baseline =
        new Baseline(
            unit.database().connections(),
            models,
            model -> sql(model.contentType()),
            () -> "system:test",
            Duration.ofSeconds(5),
            4);

    assertThat(baseline.record("Visitor", "why")).isEqualTo(21);
    assertThat(baseline.record("Visitor", "why")).isZero();
    assertThat(
            unit.database()
                .rows("select object_id from palimpsest.event where body->>'name' = 'v10'"))
        .containsExactly("{\"day\":3,\"name\":\"v10\"}");
  }

  @Test
  void a_class_without_rows_of_its_own_has_none() {
    assertThat(LiveStates.read(unit.database(), sql("Vehicle").asRows()).byObjectId()).isEmpty();
  }

  final void guardsTheOthers(String type, String problem) {
    GuardReport report =
        TestGuard.of(provider, unit, model -> model.contentType().equals(type))
            .install(GuardMode.RECORD);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.types()).flatExtracting(GuardReport.Type::problems).containsExactly(problem);
    unit.database().execute("insert into %s (id, name) values (1, 'Ada')".formatted(type));
    unit.database().execute("update %s set name = 'Eve'".formatted(type));
    unit.database().execute("delete from " + type);
    assertThat(
            unit.database()
                .rows(
                    "select operation, e.body - 'since' - 'language' from palimpsest.event e join"
                        + " palimpsest.content_type t on t.id = content_type_id where t.name = '%s' order by e.id"
                            .formatted(type)))
        .containsExactly(
            "persist {\"id\": 1, \"name\": \"Ada\"}", "update {\"name\": \"Eve\"}", "remove {}");
  }

  final StateSql sql(String contentType) {
    EntityModel model = models.of(contentType).orElseThrow();
    return provider.sql(unit.factory(), model);
  }

  private static void fill(EntityManager em) {
    Zoo.Cage cage = cage("Öl \"house\"\n😀", 2);
    Zoo.Cage empty = cage("a", 1);
    cage.note = "far";
    cage.size = new Zoo.Size();
    cage.size.floor = new Zoo.Floor();
    cage.size.floor.level = 3;
    cage.doors.put(10, new Zoo.Size());
    Zoo.Size wide = new Zoo.Size();
    wide.width = 7;
    cage.doors.put(9, wide);
    Zoo.Animal mother = new Zoo.Animal();
    mother.id = 1;
    mother.weight = 0.1f;
    mother.sign = 'x';
    Zoo.Cat cat = new Zoo.Cat();
    cat.id = 2;
    cat.name = "Tom";
    cat.mother = mother;
    cat.cage = cage;
    cat.lives = 9;
    mother.mother = cat;
    mother.friends.add(cat);
    mother.friends.add(mother);
    Zoo.Visitor visitor = new Zoo.Visitor();
    visitor.day = 1;
    visitor.name = "Ada 😀";
    visitor.favourite = cat;
    Zoo.Visitor second = new Zoo.Visitor();
    second.day = 10;
    second.name = "";
    Zoo.Cart cart = new Zoo.Cart();
    cart.id = 5;
    cart.visitors.add(second);
    cart.visitors.add(visitor);
    Zoo.Guide guide = new Zoo.Guide();
    guide.tour = Duration.ofMillis(-5_400_500);
    List.of(cage, empty, mother, cat, visitor, second, cart, guide).forEach(em::persist);
  }

  private static Zoo.Cage cage(String house, int number) {
    Zoo.Cage cage = new Zoo.Cage();
    cage.id = new Zoo.CageId(house, number);
    return cage;
  }
}

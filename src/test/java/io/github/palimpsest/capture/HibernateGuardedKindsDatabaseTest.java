package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Audited;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What only Hibernate has, guarded, where one role owns the tables, the large objects and the
 * schema palimpsest.
 */
class HibernateGuardedKindsDatabaseTest {
  @Entity(name = "Crate")
  @Audited
  @SoftDelete
  static class Crate {
    @Id int id;

    @ColumnTransformer(read = "lower(label)", write = "upper(?)")
    @Nullable String label;

    @Nullable LocalTime closes;
    @Nullable LocalDateTime packed;
    @Lob byte @Nullable [] photo;

    @ManyToOne
    @NotFound(action = NotFoundAction.IGNORE)
    @Nullable Pallet pallet;

    @ElementCollection
    @OrderColumn(name = "place")
    @Column(name = "items")
    List<String[]> rows = new ArrayList<>();

    @ElementCollection
    @SoftDelete
    @Column(name = "mark")
    Set<String> marks = new HashSet<>();
  }

  @Entity(name = "Pallet")
  static class Pallet {
    @Id int id;
  }

  private final TestDatabase database = TestDatabase.create();
  private TestUnit unit;
  private GuardReport report;

  @BeforeEach
  void open() {
    execute("create schema shop");
    unit =
        TestUnit.of(
            database,
            new Configuration()
                .addAnnotatedClass(Crate.class)
                .addAnnotatedClass(Pallet.class)
                .setProperty("hibernate.hbm2ddl.auto", "update")
                .setProperty("hibernate.default_schema", "shop")
                .setProperty("hibernate.jdbc.time_zone", "Asia/Tokyo")
                .setProperty("hibernate.connection.url", database.login().url())
                .setProperty("hibernate.connection.username", database.login().owner())
                .setProperty("hibernate.connection.password", database.login().ownerPassword())
                .buildSessionFactory());
    Connections owner = database.ownerConnections();
    report =
        new Guard(
                owner,
                owner,
                JpaProvider.HIBERNATE.models(unit.factory()).all(),
                model -> true,
                model -> JpaProvider.HIBERNATE.sql(unit.factory(), model))
            .install(GuardMode.RECORD);
    Crate crate = new Crate();
    crate.id = 1;
    crate.label = "glass";
    crate.closes = LocalTime.of(17, 30);
    crate.packed = LocalDateTime.of(2026, 1, 31, 23, 0);
    crate.photo = new byte[] {1, 2};
    unit.commit(em -> em.persist(crate));
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void everything_is_guarded() {
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void what_jpa_does_is_recorded_once() {
    change(crate -> crate.photo = new byte[] {3});
    change(crate -> crate.label = "wood");
    change(crate -> crate.closes = LocalTime.of(0, 15));
    assertNoDifference();
    unit.commit(em -> em.remove(em.find(Crate.class, 1)));

    assertThat(events())
        .containsExactly(
            "persist jpa {\"id\": 1, \"rows\": [], \"label\": \"glass\", \"marks\": [], \"photo\":"
                + " \"AQI=\", \"closes\": \"17:30:00.000000\", \"packed\":"
                + " \"2026-01-31T23:00:00.000000\", \"pallet\": null}",
            "update jpa {\"photo\": \"Aw==\"}",
            "update jpa {\"label\": \"wood\"}",
            "update jpa {\"closes\": \"00:15:00.000000\"}",
            "remove jpa {}");
    assertNoDifference();
  }

  @Test
  void a_large_object_in_place_of_another_is_recorded() {
    execute("update shop.crate set photo = lo_from_bytea(0, decode('0304', 'hex'))");

    assertThat(events()).last().isEqualTo("update database {\"photo\": \"AwQ=\"}");
    assertNoDifference();
  }

  @Test
  void a_column_that_is_read_by_an_expression_is_recorded_as_read() {
    execute("update shop.crate set label = 'STEEL'");

    assertThat(events()).last().isEqualTo("update database {\"label\": \"steel\"}");
    assertNoDifference();
  }

  @Test
  void a_row_that_is_marked_as_deleted_is_a_removed_object() {
    execute("update shop.crate set deleted = true");
    execute("update shop.crate set deleted = false");

    assertThat(events()).element(1).isEqualTo("remove database {}");
    assertThat(events()).last().asString().startsWith("persist database {\"id\": 1, ");
    assertNoDifference();
  }

  @Test
  void a_row_that_is_not_there_is_no_reference() {
    execute("update shop.crate set pallet_id = 7");
    assertNoDifference();
    execute("insert into shop.pallet values (8)");
    execute("update shop.crate set pallet_id = 8");

    assertThat(events()).last().isEqualTo("update database {\"pallet\": 8}");
    assertNoDifference();
  }

  @Test
  void arrays_that_are_elements_are_recorded() {
    change(crate -> crate.rows.add(new String[] {"b", "a"}));
    execute("insert into shop.crate_rows (crate_id, place, items) values (1, 1, '{c}')");

    assertThat(events())
        .endsWith(
            "update jpa {\"rows\": [[\"b\", \"a\"]]}",
            "update database {\"rows\": [[\"b\", \"a\"], [\"c\"]]}");
    assertNoDifference();
  }

  @Test
  void an_element_that_is_marked_as_deleted_is_none() {
    change(crate -> crate.marks.addAll(Set.of("fragile", "heavy")));
    change(crate -> crate.marks.remove("heavy"));
    execute("update shop.crate_marks set deleted = true");

    assertThat(events())
        .endsWith(
            "update jpa {\"marks\": [\"fragile\", \"heavy\"]}",
            "update jpa {\"marks\": [\"fragile\"]}",
            "update database {\"marks\": []}");
    assertNoDifference();
  }

  private void change(Consumer<Crate> change) {
    unit.commit(em -> change.accept(Objects.requireNonNull(em.find(Crate.class, 1))));
  }

  private void execute(String sql) {
    database
        .ownerConnections()
        .call(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }

  private List<String> events() {
    return new ArrayList<>(
        database.ownerRows("select operation, source, body from palimpsest.event order by id"));
  }

  private void assertNoDifference() {
    Rebuilder rebuilder = unit.rebuilder();
    assertThat(
            LiveStates.read(
                    database::ownerRows,
                    JpaProvider.HIBERNATE
                        .sql(
                            unit.factory(),
                            JpaProvider.HIBERNATE.models(unit.factory()).of("Crate").orElseThrow())
                        .asRows())
                .differences(rebuilder.all("Crate", rebuilder.settled(null), "")))
        .isEmpty();
  }
}

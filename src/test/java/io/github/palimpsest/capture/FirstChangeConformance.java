package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.eclipse.persistence.exceptions.EclipseLinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first captured change of an object that was there before capture. */
abstract class FirstChangeConformance {
  private static final System.Logger LOG = System.getLogger(FirstChangeConformance.class.getName());
  private static final int MANY = 12_000;

  private final JpaProvider provider;
  private TestUnit unit;
  private TestDatabase database;
  private EntityModels models;
  private Rebuilder rebuilder;

  FirstChangeConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    database = unit.database();
    models = provider.models(unit.factory());
    rebuilder = new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void of_every_kind_of_attribute_stands_after_the_state_before() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(em -> changeAll(find(em, "x")));

    assertThat(operations("x")).containsExactly("baseline database", "update jpa");
    assertThat(baseline("x")).isEqualTo(before);
    assertThat(differences()).isEmpty();
  }

  @Test
  void told_by_several_flushes_stands_after_the_state_before() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(
        em -> {
          Painting painting = find(em, "x");
          changeAll(painting);
          em.flush();
          painting.title = "last";
          painting.owners.add("last");
          painting.layers.clear();
          painting.titles.put("de", "last");
          painting.labels.add(new Label("last", null));
          painting.tickets.clear();
          em.flush();
          painting.number++;
        });

    assertThat(operations("x")).containsExactly("baseline database", "update jpa");
    assertThat(baseline("x")).isEqualTo(before);
    assertThat(differences()).isEmpty();
  }

  @Test
  void of_a_collection_alone_stands_after_the_state_before() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(em -> find(em, "x").owners.add("new"));

    assertThat(operations("x")).containsExactly("baseline database", "update jpa");
    assertThat(baseline("x")).isEqualTo(before);
  }

  @Test
  void has_the_baseline_of_its_own_transaction() {
    hang("x");

    unit.commit(em -> find(em, "x").title = "new");

    assertThat(
            database.rows(
                """
                select count(*), count(distinct time_created), count(distinct transaction_id),
                  count(distinct actor) from palimpsest.event
                """))
        .containsExactly("2 1 1 1");
  }

  @Test
  void has_one_baseline_and_later_ones_none() {
    hang("x");

    unit.commit(em -> find(em, "x").title = "new");
    unit.commit(em -> find(em, "x").title = "newer");
    unit.commit(em -> em.remove(find(em, "x")));

    assertThat(operations("x"))
        .containsExactly("baseline database", "update jpa", "update jpa", "remove jpa");
  }

  @Test
  void of_one_object_among_others_gives_only_that_a_baseline() {
    hang("x");
    unit.commit(em -> em.persist(new Painting("y")));

    unit.commit(
        em -> {
          em.persist(new Painting("z"));
          find(em, "y").title = "new";
          find(em, "x").title = "new";
        });

    assertThat(operations("x")).containsExactly("baseline database", "update jpa");
    assertThat(operations("y")).containsExactly("persist jpa", "update jpa");
    assertThat(operations("z")).containsExactly("persist jpa");
  }

  @Test
  void that_removes_it_stands_after_its_last_state() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(em -> em.remove(find(em, "x")));

    assertThat(operations("x")).containsExactly("baseline database", "remove jpa");
    assertThat(baseline("x")).isEqualTo(before);
  }

  @Test
  void that_changes_and_then_removes_it_stands_after_the_state_before() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(
        em -> {
          Painting painting = find(em, "x");
          changeAll(painting);
          em.flush();
          em.remove(painting);
        });

    assertThat(operations("x")).containsExactly("baseline database", "remove jpa");
    assertThat(baseline("x")).isEqualTo(before);
  }

  @Test
  void that_puts_another_in_its_place_stands_after_the_state_before() {
    hang("x");
    JsonValue before = state("x");

    unit.commit(
        em -> {
          em.remove(find(em, "x"));
          em.flush();
          em.persist(new Painting("x"));
        });

    assertThat(operations("x")).containsExactly("baseline database", "persist jpa");
    assertThat(baseline("x")).isEqualTo(before);
  }

  @Test
  void that_changes_nothing_in_the_end_records_nothing() {
    hang("x");

    unit.commit(
        em -> {
          find(em, "x").title = "new";
          em.flush();
          find(em, "x").title = "old";
        });

    assertThat(database.rows("select count(*) from palimpsest.event")).containsExactly("0");
  }

  @Test
  void of_each_object_of_a_large_transaction_has_its_baseline() {
    database.execute(
        "insert into ticket (id, seat) select i, 'seat' || i from generate_series(1, %d) i"
            .formatted(MANY));
    database.execute("alter sequence ticket_seq restart with 1000000");

    unit.commit(
        em -> {
          for (int round = 1; round <= 2; round++) {
            for (long id = 1; id <= MANY; id++) {
              Ticket ticket = Objects.requireNonNull(em.find(Ticket.class, id));
              ticket.seat = "round" + round;
              if (id % 1000 == 0) {
                em.flush();
                em.clear();
              }
            }
          }
          for (long id = 1; id <= MANY; id += 3) {
            em.remove(em.find(Ticket.class, id));
          }
          Ticket added = new Ticket("new");
          em.persist(added);
          em.flush();
          added.seat = "newest";
        });

    assertThat(
            database.rows(
                """
                select operation, nullif(count(*), case operation when 'update' then count(*) end),
                  count(distinct object_id), count(*) filter (where body->>'seat' = 'seat' || object_id)
                from palimpsest.event group by operation order by operation
                """))
        .containsExactly(
            "baseline 12000 12000 12000",
            "persist 1 1 0",
            "remove 4000 4000 0",
            "update null 12000 0");
    assertThat(
            database.rows(
                """
                select operation, count(*) from (
                  select distinct on (object_id) operation from palimpsest.event
                  order by object_id, id) e group by operation order by operation
                """))
        .containsExactly("baseline 12000", "persist 1");
  }

  @Test
  void of_a_large_transaction_has_no_baseline_where_there_is_a_state() {
    database.execute(
        "insert into ticket (id, seat) select i, 'seat' || i from generate_series(1, %d) i"
            .formatted(MANY));
    record("ticket");

    unit.commit(
        em -> {
          for (long id = 1; id <= MANY; id++) {
            Objects.requireNonNull(em.find(Ticket.class, id)).seat = "new";
          }
        });

    assertThat(
            database.rows(
                "select operation, count(*) from palimpsest.event group by operation order by 1"))
        .containsExactly("baseline 12000", "update 12000");
  }

  @Test
  void has_one_baseline_whoever_else_writes_the_same_objects_or_records_them() {
    int objects = 150;
    IntStream.range(0, objects).forEach(i -> hang("p" + i));
    Map<String, JsonValue> before = live().byObjectId();
    unit.commit(em -> em.persist(new Painting("first")));
    AtomicBoolean isOver = new AtomicBoolean();

    List<CompletableFuture<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      int seed = writer;
      writers.add(CompletableFuture.supplyAsync(() -> write(seed, objects)));
    }
    CompletableFuture<Integer> recorder =
        CompletableFuture.supplyAsync(
            () -> {
              int runs = 0;
              while (!isOver.get()) {
                record("Painting");
                runs++;
              }
              return runs;
            });
    assertThat(writers).allMatch(writer -> writer.join() > objects / 2);
    isOver.set(true);

    assertThat(recorder.join()).isPositive();
    for (int i = 0; i < objects; i++) {
      String id = "p" + i;
      assertThat(operations(id).stream().filter("baseline database"::equals)).as(id).hasSize(1);
      assertThat(operations(id).get(0)).isEqualTo("baseline database");
      assertThat(baseline(id)).isEqualTo(before.get(id));
    }
    assertThat(differences()).isEmpty();
  }

  /** All writers go through the objects in the same direction, so that they meet. */
  private int write(int seed, int objects) {
    Random random = new Random(seed);
    int commits = 0;
    for (int i = 0; i < objects; i++) {
      String id = "p" + i;
      int choice = random.nextInt(8);
      int value = random.nextInt();
      try {
        unit.commit(em -> change(found(em, id), choice, value));
        commits++;
      } catch (PersistenceException | EclipseLinkException e) {
        // It lost a race for the object, and is rolled back.
        LOG.log(System.Logger.Level.DEBUG, "rolled back", e);
      }
    }
    return commits;
  }

  /**
   * Hibernate writes all columns of an entity, and so back what others have changed meanwhile: in
   * tests of who comes first it locks what has no version.
   */
  private Painting found(EntityManager em, String id) {
    Painting painting = find(em, id);
    if (provider == JpaProvider.HIBERNATE) {
      em.lock(painting, LockModeType.PESSIMISTIC_WRITE);
      em.refresh(painting);
    }
    return painting;
  }

  private static void change(Painting painting, int choice, int value) {
    if (choice < 3) {
      painting.title = "title" + value;
    } else {
      painting.number = value;
    }
  }

  private void hang(String id) {
    database.execute(
        """
        insert into painting (id, title, number, restored, weight, price, code, painted, opens, hung,
          bought, technique, visit, thumbnail)
        values ('%1$s', 'old', 7, true, 1.5, 12.340000, gen_random_uuid(), '1503-01-01', '08:30',
          '2001-02-03 04:05:06', '1999-12-31', 0, 90, '\\x0102');
        insert into painting_owners (painting_id, owners, owners_order) values ('%1$s', 'a', 0), ('%1$s', 'b', 1), ('%1$s', 'c', 2);
        insert into painting_layers (painting_id, layers) values ('%1$s', 'OIL');
        insert into painting_titles (painting_id, titles, titles_key) values ('%1$s', 'alt', 'de'), ('%1$s', 'old', 'en');
        """
            .formatted(id));
  }

  private static void changeAll(Painting painting) {
    painting.title = null;
    painting.number = 8;
    painting.restored = null;
    painting.weight = 2;
    painting.price = null;
    painting.painted = null;
    painting.technique = Painting.Technique.TEMPERA;
    painting.visit = null;
    painting.thumbnail = new byte[] {3};
    painting.owners.remove("b");
    painting.owners.add(0, "z");
    painting.layers.add(Painting.Technique.TEMPERA);
    painting.titles.put("en", "new");
    painting.titles.put("fr", "nouveau");
    painting.labels.add(new Label("a", "b"));
  }

  private List<String> operations(String id) {
    return database.rows(
        "select operation, source from palimpsest.event where object_id = '%s' order by id"
            .formatted(id));
  }

  private JsonValue baseline(String id) {
    return JsonText.parse(
        database
            .rows(
                "select body from palimpsest.event where object_id = '%s' and operation = 'baseline'"
                    .formatted(id))
            .get(0));
  }

  private JsonValue state(String id) {
    return Objects.requireNonNull(live().byObjectId().get(id));
  }

  private List<String> differences() {
    return live().differences(rebuilder.all("Painting", rebuilder.settled(null), ""));
  }

  private LiveStates live() {
    return LiveStates.read(
        database, provider.sql(unit.factory(), models.of("Painting").orElseThrow()).asRows());
  }

  private void record(String contentType) {
    new Baseline(
            database.connections(),
            models,
            model -> provider.sql(unit.factory(), model),
            () -> "system:test",
            Duration.ofSeconds(20),
            100)
        .record(contentType, "why");
  }

  private static Painting find(EntityManager em, String id) {
    return Objects.requireNonNull(em.find(Painting.class, id));
  }
}

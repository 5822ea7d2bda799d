package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class BaselineConformance {
  private static final int MANY = 20_000;

  private final JpaProvider provider;
  private TestUnit unit;
  private TestDatabase database;
  private EntityModels models;
  private Rebuilder rebuilder;

  BaselineConformance(JpaProvider provider) {
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
  void records_who_and_why_and_the_whole_state() throws Exception {
    database.execute("insert into ticket (id, seat) values (7, 'A1'), (8, null)");

    long recorded = AuditContext.call("ada", "another reason", () -> record("ticket"));

    assertThat(recorded).isEqualTo(2);
    assertThat(
            database.rows(
                """
                select object_id, operation, source, actor, reason, schema_version, body
                from palimpsest.event order by id
                """))
        .containsExactly(
            "7 baseline database ada the first time 3 {\"id\": 7, \"seat\": \"A1\"}",
            "8 baseline database ada the first time 3 {\"id\": 8, \"seat\": null}");
  }

  @Test
  void leaves_alone_what_has_a_full_state() {
    database.execute("insert into ticket (id, seat) values (70, 'old')");
    long captured = unit.call(em -> persisted(em, new Ticket("new"))).id();
    record("ticket");

    assertThat(record("ticket")).isZero();
    assertThat(
            database.rows("select object_id, operation from palimpsest.event order by object_id"))
        .containsExactlyInAnyOrder(captured + " persist", "70 baseline");
  }

  @Test
  void completes_a_history_that_began_with_an_update() {
    database.execute(
        "insert into painting (id, title, number, weight, code) values ('x', 'old', 1, 0, gen_random_uuid())");
    database.execute("update painting set title = 'new'");
    unit.commit(em -> persisted(em, new Ticket("registers the types")));
    database.execute(
        """
        insert into palimpsest.event (content_type_id, object_id, operation, source, time_created,
          transaction_id, actor, schema_version, body)
        select id, 'x', 'update', 'jpa', palimpsest.stamp(), 1, 'ada', 1, '{"title": "new"}'
        from palimpsest.content_type where name = 'Painting'
        """);

    record("Painting");

    assertThat(
            database.rows(
                "select operation, body->>'title', body->>'number' from palimpsest.event where object_id = 'x' order by id"))
        .containsExactly("update new null", "baseline new 1");
  }

  @Test
  void is_in_the_answers_from_its_own_time_on() {
    database.execute("insert into ticket (id, seat) values (7, 'A1')");
    Instant before = rebuilder.settled(null);

    record("ticket");

    assertThat(rebuilder.all("ticket", before, "")).isEmpty();
    assertThat(rebuilder.all("ticket", rebuilder.settled(null), ""))
        .extracting(state -> state.stream().objectId())
        .containsExactly("7");
  }

  @Test
  void of_a_row_being_changed_stands_before_the_change() {
    database.execute(
        "insert into painting (id, title, number, weight, code) values ('x', 'old', 1, 0, gen_random_uuid())");
    database.execute(
        "insert into painting_owners (painting_id, owners, owners_order) values ('x', 'old', 0)");

    unit.commit(
        em -> {
          Painting painting = find(em, "x");
          painting.title = "new";
          painting.owners.add("new");
          em.flush();
          record("Painting");
        });

    assertThat(
            database.rows(
                "select operation, body->>'title', body->>'owners' from palimpsest.event order by id"))
        .containsExactly("baseline old [\"old\"]", "update new [\"old\", \"new\"]");
  }

  @Test
  void waits_for_a_transaction_that_is_being_committed_and_gives_up() throws Exception {
    database.execute("insert into ticket (id, seat) values (7, 'A1')");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select palimpsest.stamp()");

      assertThatThrownBy(
              () -> baseline(database.connections(), Duration.ofMillis(1)).record("ticket", "why"))
          .isInstanceOf(NotSettledException.class);
      assertThat(database.rows("select count(*) from palimpsest.event")).containsExactly("0");
      connection.rollback();
    }
    assertThat(record("ticket")).isEqualTo(1);
  }

  @Test
  void of_an_unknown_type_is_refused() {
    assertThatThrownBy(() -> record("Nothing")).isInstanceOf(UnknownTypeException.class);
  }

  @Test
  void loses_and_doubles_nothing_while_others_write_and_it_is_killed_in_the_middle() {
    fill(MANY);
    // Two first transactions at once would both register the content types, and one would fail.
    unit.commit(em -> em.persist(new Painting("first")));
    AtomicBoolean isOver = new AtomicBoolean();
    PaintingWriter writer = new PaintingWriter(unit, MANY, "%06d");
    List<CompletableFuture<Integer>> writers =
        List.of(
            CompletableFuture.supplyAsync(() -> writer.write(isOver, 0)),
            CompletableFuture.supplyAsync(() -> writer.write(isOver, 1)));

    assertThatThrownBy(() -> baseline(dying(15), Duration.ofSeconds(5)).record("Painting", "why"))
        .hasMessage("killed");
    Instant middle = rebuilder.settled(null);
    List<State> inTheMiddle = rebuilder.all("Painting", middle, "").limit(1000).toList();
    CompletableFuture<Long> twin = CompletableFuture.supplyAsync(() -> record("Painting"));
    record("Painting");
    twin.join();
    isOver.set(true);

    assertThat(writers).allMatch(commits -> commits.join() > 20);
    assertThat(record("Painting")).isZero();
    assertThat(live().differences(rebuilder.all("Painting", rebuilder.settled(null), "")))
        .isEmpty();
    assertThat(
            database.rows(
                """
                select object_id from (
                  select object_id, operation, lag(operation) over (
                    partition by object_id order by id) as previous
                  from palimpsest.event where operation <> 'update') e
                where operation <> 'remove' and previous <> 'remove'
                """))
        .as("objects that got a second full state")
        .isEmpty();
    assertThat(rebuilder.all("Painting", middle, "").limit(1000)).isEqualTo(inTheMiddle);
  }

  private void fill(int rows) {
    database.execute(
        """
        insert into painting (id, title, number, weight, code)
        select to_char(i, 'FM000000'), 'title ' || i, i, i, gen_random_uuid()
        from generate_series(0, %d) i
        """
            .formatted(rows - 1));
    database.execute(
        "insert into painting_owners (painting_id, owners, owners_order) select id, 'first', 0 from painting");
    database.execute("create index on painting_owners (painting_id)");
    database.execute("create index on painting_labels (painting_id)");
    database.execute("create index on painting_layers (painting_id)");
    database.execute("create index on painting_titles (painting_id)");
    database.execute("create index on painting_ticket (painting_id)");
  }

  private LiveStates live() {
    return LiveStates.read(
        database, provider.sql(unit.factory(), models.of("Painting").orElseThrow()).asRows());
  }

  private long record(String contentType) {
    return baseline(database.connections(), Duration.ofSeconds(5))
        .record(contentType, "the first time");
  }

  private Baseline baseline(Connections connections, Duration timeout) {
    return new Baseline(
        connections,
        models,
        model -> provider.sql(unit.factory(), model),
        () -> "system:test",
        timeout,
        1000);
  }

  /** Fails with the work of the n-th transaction done and not committed. */
  private Connections dying(int transactions) {
    AtomicInteger left = new AtomicInteger(transactions);
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        return database
            .connections()
            .call(
                connection -> {
                  R result = work.on(connection);
                  if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("killed");
                  }
                  return result;
                });
      }
    };
  }

  private static Painting find(EntityManager em, String id) {
    return Objects.requireNonNull(em.find(Painting.class, id));
  }

  private static <T> T persisted(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }
}

package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTableDatabaseTest {
  private static final ContentType THING =
      new ContentType("Thing", List.of(), "x.Thing", Map.of("id", "long"));
  private static final StreamId THING_1 = new StreamId("Thing", "1");
  private static final Provenance ADA = new Provenance("ada", "why", null);

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
  }

  @Nested
  class The_application_role {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "update palimpsest.event set actor = 'x'",
          "delete from palimpsest.event",
          "truncate palimpsest.event",
          "update palimpsest.event_default set actor = 'x'",
          "delete from palimpsest.event_default",
          "truncate palimpsest.event_default",
          "update palimpsest.content_type set name = 'x'",
          "delete from palimpsest.content_type",
          "alter table palimpsest.event disable trigger refuse_change",
          "drop table palimpsest.event",
          "create table palimpsest.mine (id int)"
        })
    void may_not(String statement) {
      append("persist", "{}");

      assertThatThrownBy(() -> database.execute(statement))
          .rootCause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Nested
  class The_owner {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "update palimpsest.event set actor = 'x'",
          "delete from palimpsest.event where false",
          "truncate palimpsest.event",
          "truncate palimpsest.event_default",
          "insert into palimpsest.event select * from palimpsest.event"
              + " on conflict (id, time_created) do update set actor = 'x'"
        })
    void is_refused_by_the_trigger(String statement) throws SQLException {
      append("persist", "{}");
      String partition =
          database.rows("select tableoid::regclass::text from palimpsest.event").get(0);

      try (Connection owner = owner()) {
        for (String each :
            List.of(statement, statement.replace("palimpsest.event_default", partition))) {
          assertThatThrownBy(() -> owner.createStatement().execute(each))
              .hasMessageContaining("palimpsest.event is append-only");
        }
      }
    }
  }

  @Nested
  class Partitions {
    @Test
    void are_there_three_months_ahead() {
      assertThat(
              database.rows(
                  "select count(*) from pg_inherits where inhparent = 'palimpsest.event'::regclass"))
          .containsExactly("5");
    }

    @Test
    void take_the_events_of_their_month() {
      append("persist", "{}");

      assertThat(
              database.rows(
                  "select tableoid::regclass::text = 'palimpsest.event_' || to_char(time_created at"
                      + " time zone 'UTC', 'YYYY_MM') from palimpsest.event"))
          .containsExactly("t");
    }

    @Test
    void that_are_missing_never_make_an_insert_fail() throws SQLException {
      try (Connection owner = owner()) {
        String partition =
            database
                .rows("select 'palimpsest.event_' || to_char(now() at time zone 'UTC', 'YYYY_MM')")
                .get(0);
        owner.createStatement().execute("drop table " + partition);
        append("persist", "{}");

        owner.createStatement().execute("select palimpsest.create_partitions(3)");
      }

      assertThat(database.rows("select tableoid::regclass::text from palimpsest.event"))
          .containsExactly("palimpsest.event_default");
    }
  }

  @Nested
  class An_append {
    @Test
    void of_an_unregistered_type_is_refused() throws SQLException {
      try (Connection connection = database.connect()) {
        assertThatThrownBy(
                () ->
                    new EventWriter(new ContentTypes())
                        .append(connection, List.of(event("{}")), ADA))
            .hasMessage(
                "expected to append 1 events, appended 0: a content type is not registered");
      }
    }

    @Test
    void keeps_the_order_of_its_events() {
      append("persist", "{\"n\":0}", "update", "{\"n\":1}", "update", "{\"n\":2}");

      assertThat(database.rows("select body->>'n' from palimpsest.event order by id"))
          .containsExactly("0", "1", "2");
    }

    @Test
    void keeps_the_scale_of_decimals() {
      append("persist", "{\"price\":1.500}");

      assertThat(database.rows("select body from palimpsest.event"))
          .containsExactly("{\"price\": 1.500}");
    }
  }

  @Nested
  class The_settled_clock {
    @Test
    void waits_for_a_writer_that_holds_a_stamp() throws Exception {
      try (Connection writer = database.connect();
          Connection reader = database.connect()) {
        writer.setAutoCommit(false);
        ContentTypes types = new ContentTypes();
        types.register(writer, List.of(THING));
        new EventWriter(types).append(writer, List.of(event("{}")), ADA);
        CompletableFuture<List<Event>> read =
            CompletableFuture.supplyAsync(() -> settledEvents(reader));
        awaitPolling();

        assertThat(read).isNotDone();
        writer.commit();

        assertThat(read.get()).hasSize(1);
      }
    }

    @Test
    void gives_up_after_its_timeout() throws Exception {
      try (Connection writer = database.connect();
          Connection reader = database.connect()) {
        writer.setAutoCommit(false);
        writer.createStatement().execute("select palimpsest.stamp()");

        assertThat(new SettledClock(Duration.ofMillis(20)).now(reader)).isEmpty();
      }
    }

    @Test
    void does_not_wait_for_its_own_transaction() throws Exception {
      try (Connection writer = database.connect()) {
        writer.setAutoCommit(false);
        writer.createStatement().execute("select palimpsest.stamp()");

        assertThat(new SettledClock(Duration.ofMillis(20)).now(writer)).isPresent();
      }
    }

    @Test
    void refuses_a_transaction_whose_snapshot_would_be_older_than_the_wait() throws Exception {
      try (Connection reader = database.connect()) {
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

        assertThatThrownBy(() -> new SettledClock(Duration.ofMillis(20)).now(reader))
            .hasMessage(
                "reading history needs a READ COMMITTED transaction, this one is repeatable read");
      }
    }

    private List<Event> settledEvents(Connection reader) {
      try {
        assertThat(new SettledClock(Duration.ofMinutes(1)).now(reader)).isPresent();
        return new EventReader().events(reader, THING_1, 0, 10);
      } catch (SQLException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Returns when the reader asks whether the writer is still open. */
    private void awaitPolling() {
      while (database
          .rows("select pid from pg_stat_activity where query like '%still_open($1)%'")
          .isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(
        database.login().url(), database.login().owner(), database.login().ownerPassword());
  }

  private static NewEvent event(String body) {
    return new NewEvent(THING_1, Operation.PERSIST, null, Source.JPA, 1, body);
  }

  private void append(String... operationsAndBodies) {
    ContentTypes types = new ContentTypes();
    EventWriter writer = new EventWriter(types);
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < operationsAndBodies.length; i += 2) {
      events.add(
          new NewEvent(
              THING_1,
              Operation.of(operationsAndBodies[i]),
              null,
              Source.JPA,
              1,
              operationsAndBodies[i + 1]));
    }
    database
        .connections()
        .call(
            connection -> {
              types.register(connection, List.of(THING));
              writer.append(connection, events, ADA);
              return true;
            });
  }
}

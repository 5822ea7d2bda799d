package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuilderDatabaseTest {
  private static final StreamId THING = new StreamId("Thing", "1");
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.000001Z");

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private TestDatabase database;
  private Rebuilder rebuilder;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    database.execute(
        "insert into palimpsest.content_type (name, entity_class, id_shape)"
            + " values ('Thing', 'x.Thing', '{}')");
    rebuilder = new Rebuilder(database.connections(), new EventReader(), PATIENCE);
  }

  private static String insert(int position, String timeCreated, String operation) {
    return """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation, type,
          source, schema_version, transaction_id, actor, body)
        values (%d, %s, 1, '1', '%s', case '%3$s' when 'domain' then 'told' end, 'application', 1,
          pg_current_xact_id()::text::bigint, 'ada', '{"n": %1$d}')
        """
        .formatted(position, timeCreated, operation);
  }

  @Test
  void an_instant_finer_than_a_microsecond_has_no_event_that_comes_after_it() {
    database.execute(insert(1, "'%s'".formatted(CREATED), "persist"));

    assertThat(at(CREATED)).containsExactly(1L);
    assertThat(at(CREATED.plusNanos(999))).containsExactly(1L);
    assertThat(at(CREATED.minusNanos(1))).isEmpty();
    assertThat(at(CREATED.minusNanos(499))).isEmpty();
    assertThat(rebuilder.at(THING, Bound.asOf(CREATED.minusNanos(1)))).isEmpty();
  }

  private List<Long> at(Instant asOf) {
    return rebuilder.at(THING, Bound.asOf(rebuilder.settled(asOf))).stream()
        .map(State::position)
        .toList();
  }

  @Test
  void events_of_an_object_wait_for_one_that_may_come_before_them() throws SQLException {
    try (Connection slow = database.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(insert(1, "palimpsest.stamp()", "domain"));
      database.execute(insert(2, "palimpsest.stamp()", "domain"));

      assertThatThrownBy(() -> positions(rebuilder)).isInstanceOf(NotSettledException.class);

      slow.commit();
      assertThat(positions(rebuilder)).containsExactly(1L, 2L);
    }
  }

  @Test
  void events_of_an_object_end_where_they_did_before_the_wait() {
    database.execute(insert(1, "palimpsest.stamp()", "domain"));
    Rebuilder interrupted =
        new Rebuilder(
            before(3, insert(3, "palimpsest.stamp()", "domain")), new EventReader(), PATIENCE);

    assertThat(positions(interrupted)).containsExactly(1L);
    assertThat(positions(interrupted)).containsExactly(1L, 3L);
  }

  /** Lets somebody else commit before one of the calls. */
  private Connections before(int call, String sql) {
    AtomicInteger calls = new AtomicInteger();
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        if (calls.incrementAndGet() == call) {
          database.execute(sql);
        }
        return database.connections().call(work);
      }
    };
  }

  private static List<Long> positions(Rebuilder rebuilder) {
    return rebuilder.events(THING, 0, 10, event -> true).stream()
        .map(each -> each.event().position())
        .toList();
  }
}

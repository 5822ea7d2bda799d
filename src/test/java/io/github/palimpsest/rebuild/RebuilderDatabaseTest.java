package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
}

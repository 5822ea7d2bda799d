package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.Projection;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.testing.TestDatabase;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What domain events come to, whether values on the way are stored or not. */
class ProjectionsDatabaseTest {
  private static final StreamId THING = new StreamId("Thing", "1");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicInteger folded = new AtomicInteger();

  /** The order matters to it. */
  private final Projection<String> plain =
      new Projection<>(
          "",
          (value, event) -> {
            folded.incrementAndGet();
            return value + "," + number(event);
          });

  private final Projection<String> stored = stored(1);
  private TestDatabase database;
  private Projections projections;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    database.execute(
        "insert into palimpsest.content_type (name, entity_class, id_shape)"
            + " values ('Thing', 'x.Thing', '{}')");
    projections =
        new Projections(
            database.connections(),
            new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5)));
  }

  private static int number(Event event) {
    return event.body().getInt("n");
  }

  private Projection<String> stored(int version) {
    return plain.stored("numbers", version, JsonText::string, ProjectionsDatabaseTest::text);
  }

  private static String text(JsonValue json) {
    return ((JsonString) json).getString();
  }

  private void insert(int from, int to) {
    insert("select n, n, 'domain' from generate_series(%d, %d) n".formatted(from, to));
  }

  /** Rows of position, second and operation. */
  private void insert(String rows) {
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation, type,
          source, schema_version, transaction_id, actor, body)
        select position, '2026-01-01T00:00:00Z'::timestamptz + second * interval '1 second', 1, '1',
          operation, case operation when 'domain' then 'counted' end, 'application', 1, position,
          'ada', jsonb_build_object('n', position)
        from (%s) as row(position, second, operation)
        """
            .formatted(rows));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private String value(Projection<String> projection, int second) {
    folded.set(0);
    return projections.value(THING, projection, at(second));
  }

  private List<String> rows(String sql) {
    return database.rows(sql);
  }

  @Test
  void a_stored_value_saves_folding_and_comes_to_the_same() {
    insert(1, 250);

    String first = value(stored, 1000);
    assertThat(folded).hasValue(250);
    insert(251, 260);
    String second = value(stored, 1000);

    assertThat(folded).hasValue(10);
    assertThat(first).isEqualTo(value(plain, 250));
    assertThat(second).isEqualTo(value(plain, 1000));
    assertThat(rows("select event_id, events, version from palimpsest.projection_snapshot"))
        .containsExactly("250 250 1");
  }

  @Test
  void nothing_is_stored_of_few_events_or_where_nobody_asked_for_it() {
    insert(1, 99);
    value(stored, 1000);
    insert(100, 300);
    value(plain, 1000);

    assertThat(rows("select count(*) from palimpsest.projection_snapshot")).containsExactly("0");
  }

  @Test
  void a_value_stored_later_is_of_no_use_to_an_earlier_instant() {
    insert(1, 250);
    value(stored, 1000);

    assertThat(value(stored, 120)).isEqualTo(value(plain, 120));
    assertThat(value(stored, 249)).isEqualTo(value(plain, 249));
    assertThat(value(stored, 0)).isEmpty();
  }

  @Test
  void an_event_that_commits_late_below_the_position_of_a_stored_value_counts() {
    insert(1, 100);
    insert(102, 200);
    value(stored, 200);
    insert("select 101, 300, 'domain'");

    assertThat(value(stored, 1000)).isEqualTo(value(plain, 1000)).contains(",100,101,102,");
    assertThat(value(stored, 299)).isEqualTo(value(plain, 299)).contains(",100,102,");
    assertThat(value(stored, 1000)).isEqualTo(value(plain, 1000));
  }

  @Test
  void events_of_other_operations_do_not_disturb() {
    insert(1, 150);
    value(stored, 1000);
    insert("select 1000 + n, n, 'update' from generate_series(1, 50) n");
    insert(2000, 2005);

    assertThat(value(stored, 5000)).isEqualTo(value(plain, 5000)).endsWith(",2004,2005");
  }

  @Test
  void another_version_begins_anew() {
    insert(1, 150);
    value(stored, 1000);

    assertThat(value(stored(2), 1000)).isEqualTo(value(plain, 1000));
    assertThat(rows("select version from palimpsest.projection_snapshot order by version"))
        .containsExactly("1", "2");
  }

  @Test
  void losing_what_is_stored_loses_nothing() {
    insert(1, 150);
    String before = value(stored, 1000);
    database.execute("delete from palimpsest.projection_snapshot");

    assertThat(value(stored, 1000)).isEqualTo(before);
  }

  @Test
  void any_order_of_stamps_and_any_question_come_to_the_same_as_folding_all() {
    Random random = new Random(7);
    for (int position = 1; position <= 600; position++) {
      int second = position + random.nextInt(40);
      insert("select %d, %d, 'domain'".formatted(position * 2, second));
      if (position % 60 == 0) {
        value(stored, position - 20);
        insert("select %d, %d, 'domain'".formatted(position * 2 - 41, position + 60));
      }
      if (position % 25 == 0) {
        int asked = random.nextInt(position + 50);
        assertThat(value(stored, asked)).as("at %d", asked).isEqualTo(value(plain, asked));
      }
    }
  }

  @Test
  void a_transaction_that_only_reads_stores_nothing() {
    insert(1, 150);
    Projections readOnly =
        new Projections(
            new Connections() {
              @Override
              public <R> R call(Work<R> work) {
                return database
                    .connections()
                    .call(
                        connection -> {
                          connection.setReadOnly(true);
                          return work.on(connection);
                        });
              }
            },
            new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5)));

    assertThat(readOnly.value(THING, stored, at(1000))).isEqualTo(value(plain, 1000));
    assertThat(rows("select count(*) from palimpsest.projection_snapshot")).containsExactly("0");
  }

  @Test
  void a_stored_projection_needs_a_name_and_a_version() {
    assertThatThrownBy(() -> stored(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stored projection needs a name and a version of 1 or more");
  }
}

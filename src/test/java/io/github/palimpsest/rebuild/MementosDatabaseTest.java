package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One state per transaction that changed an object, found from any position or datetime. */
class MementosDatabaseTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plusSeconds(1_000_000);
  private static final StreamId THING = new StreamId("Thing", "1");

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    database.execute(
        "insert into palimpsest.content_type (name, entity_class, id_shape)"
            + " values ('Thing', 'x.Thing', '{}'), ('Other', 'x.Other', '{}')");
  }

  @Test
  void a_transaction_that_changed_the_object_several_times_is_one_memento_by_its_last_position() {
    insert(1, 0, 100, "Thing", "1", "persist");
    insert(2, 10_000, 101, "Thing", "1", "update");
    insert(3, 10_000, 101, "Thing", "1", "domain");
    insert(4, 10_000, 101, "Thing", "1", "update");
    insert(5, 20_000, 102, "Thing", "1", "remove");

    assertThat(all()).containsExactly(1L, 4L, 5L);
    assertThat(position(mementos().at(4))).isEqualTo(4);
    assertThat(mementos().at(2)).isEmpty();
    assertThat(mementos().at(3)).isEmpty();
    assertThat(position(mementos().before(memento(5)))).isEqualTo(4);
    assertThat(position(mementos().before(memento(4)))).isEqualTo(1);
    assertThat(mementos().before(memento(1))).isEmpty();
    assertThat(position(mementos().after(memento(1)))).isEqualTo(4);
    assertThat(mementos().after(memento(5))).isEmpty();
    assertThat(position(mementos().first())).isEqualTo(1);
    assertThat(position(mementos().last())).isEqualTo(5);
  }

  @Test
  void a_first_transaction_with_many_changes_is_the_first_memento_whole() {
    for (int position = 1; position <= 11; position++) {
      insert(position, 0, 100, "Thing", "1", position == 1 ? "baseline" : "update");
    }
    insert(12, 1000, 101, "Thing", "1", "update");

    assertThat(all()).containsExactly(11L, 12L);
    assertThat(position(mementos().first())).isEqualTo(11);
    assertThat(position(mementos().before(memento(12)))).isEqualTo(11);
  }

  @Test
  void domain_events_alone_make_no_memento() {
    insert(1, 0, 100, "Thing", "1", "domain");

    assertThat(mementos().first()).isEmpty();
    assertThat(mementos().last()).isEmpty();
    assertThat(mementos().nearest(END)).isEmpty();
    assertThat(mementos().pageAfter(0, 10)).isEmpty();
  }

  @Test
  void positions_of_other_objects_are_none_of_this_one() {
    insert(1, 0, 100, "Thing", "1", "persist");
    insert(2, 1000, 101, "Thing", "2", "persist");
    insert(3, 1000, 101, "Other", "1", "persist");

    assertThat(mementos().at(2)).isEmpty();
    assertThat(mementos().at(3)).isEmpty();
    assertThat(all()).containsExactly(1L);
  }

  @Test
  void what_is_later_than_the_settled_instant_does_not_count() {
    insert(1, 0, 100, "Thing", "1", "persist");
    insert(2, 10_000, 101, "Thing", "1", "update");

    Mementos settled = mementos(START.plusSeconds(9));

    assertThat(position(settled.last())).isEqualTo(1);
    assertThat(settled.at(2)).isEmpty();
    assertThat(settled.after(memento(1))).isEmpty();
    assertThat(position(settled.nearest(END))).isEqualTo(1);
    assertThat(settled.pageAfter(0, 10).orElseThrow().isLast()).isTrue();
  }

  @Test
  void the_nearest_memento_is_the_newest_that_is_not_later_in_whole_seconds() {
    insert(1, 10_900, 100, "Thing", "1", "persist");
    insert(2, 20_100, 101, "Thing", "1", "update");
    insert(3, 20_999, 102, "Thing", "1", "update");
    insert(4, 30_000, 103, "Thing", "1", "update");

    assertThat(nearest(0)).isEqualTo(1);
    assertThat(nearest(10)).isEqualTo(1);
    assertThat(nearest(19)).isEqualTo(1);
    assertThat(nearest(20)).isEqualTo(3);
    assertThat(nearest(29)).isEqualTo(3);
    assertThat(nearest(30)).isEqualTo(4);
    assertThat(nearest(999)).isEqualTo(4);
  }

  @Test
  void a_page_goes_on_to_the_end_of_its_last_second() {
    insert(1, 1_000, 100, "Thing", "1", "persist");
    insert(2, 2_100, 101, "Thing", "1", "update");
    insert(3, 2_200, 102, "Thing", "1", "update");
    insert(4, 2_300, 103, "Thing", "1", "update");
    insert(5, 3_000, 104, "Thing", "1", "update");

    MementoPage page = mementos().pageAfter(0, 2).orElseThrow();
    MementoPage backward = mementos().pageBefore(5, 1).orElseThrow();

    assertThat(positions(page)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(page.from()).isEqualTo(START.plusSeconds(1));
    assertThat(page.until()).isEqualTo(START.plusSeconds(2));
    assertThat(page.isFirst()).isTrue();
    assertThat(page.isLast()).isFalse();
    assertThat(positions(backward)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void pages_of_any_size_are_complete_and_in_order_both_ways() {
    Random random = new Random(7);
    List<Long> expected = new ArrayList<>();
    long transaction = 100;
    long millisecond = 0;
    for (long position = 1; position <= 60; position++) {
      boolean isSame = position > 1 && random.nextInt(4) == 0;
      transaction += isSame ? 0 : 1;
      millisecond += isSame ? 0 : random.nextInt(1500);
      String operation = random.nextInt(5) == 0 ? "domain" : "update";
      insert(position, millisecond, transaction, "Thing", "1", operation);
    }
    database
        .rows(
            "select max(id) from palimpsest.event where operation <> 'domain'"
                + " group by transaction_id order by 1")
        .forEach(row -> expected.add(Long.parseLong(row)));

    assertThat(all()).isEqualTo(expected);
    for (int size : List.of(1, 2, 3, 7, 20, 59, 60, 61)) {
      assertThat(forward(size)).as("size " + size).isEqualTo(expected);
      assertThat(backward(size)).as("size " + size).isEqualTo(expected);
    }
  }

  @Test
  void neighbours_in_a_long_history_cost_what_they_cost_in_a_short_one() throws SQLException {
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
          source, schema_version, transaction_id, actor, body)
        select n, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second',
          (select id from palimpsest.content_type where name = 'Thing'), (n % 2 + 1)::text,
          'update', 'jpa', 1, n, 'ada', '{}'
        from generate_series(1, 20000) n
        """);
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      Mementos mementos = new Mementos(borrowed(connection), THING, END);

      Memento memento = mementos.at(10_000).orElseThrow();
      long before = position(mementos.before(memento));
      long after = position(mementos.after(memento));
      long first = position(mementos.first());
      long last = position(mementos.last());

      assertThat(LongStream.of(first, before, after, last))
          .containsExactly(2L, 9_998L, 10_002L, 20_000L);
      assertThat(
              TestDatabase.rows(
                  connection,
                  """
                  select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) < 50
                  from pg_stat_xact_user_tables
                  where schemaname = 'palimpsest' and relname like 'event%'
                  """))
          .containsExactly("t");
    }
  }

  private static Connections borrowed(Connection connection) {
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        try {
          return work.on(connection);
        } catch (SQLException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private void insert(
      long position, long millisecond, long transaction, String type, String id, String operation) {
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation, type,
          source, schema_version, transaction_id, actor, body)
        select %d, '2026-01-01T00:00:00Z'::timestamptz + interval '%d millisecond',
          (select id from palimpsest.content_type where name = '%s'), '%s', '%s', %s,
          'jpa', 1, %d, 'ada', '{}'
        """
            .formatted(
                position,
                millisecond,
                type,
                id,
                operation,
                operation.equals("domain") ? "'paid'" : "null",
                transaction));
  }

  private Mementos mementos() {
    return mementos(END);
  }

  private Mementos mementos(Instant settled) {
    return new Mementos(database.connections(), THING, settled);
  }

  private Memento memento(long position) {
    return mementos().at(position).orElseThrow();
  }

  private long nearest(long second) {
    return position(mementos().nearest(START.plusSeconds(second)));
  }

  private static long position(Optional<Memento> memento) {
    return memento.orElseThrow().position();
  }

  private static List<Long> positions(MementoPage page) {
    return page.mementos().stream().map(Memento::position).toList();
  }

  /** Goes from the first to the last by neighbours. */
  private List<Long> all() {
    List<Long> found = new ArrayList<>();
    Optional<Memento> memento = mementos().first();
    while (memento.isPresent()) {
      found.add(memento.get().position());
      memento = mementos().after(memento.get());
    }
    return found;
  }

  private List<Long> forward(int size) {
    List<Long> found = new ArrayList<>();
    MementoPage page = mementos().pageAfter(0, size).orElseThrow();
    found.addAll(positions(page));
    while (!page.isLast()) {
      MementoPage next = mementos().pageAfter(page.last().position(), size).orElseThrow();
      assertThat(next.isFirst()).isFalse();
      assertThat(next.from()).isAfter(page.until());
      page = next;
      found.addAll(positions(page));
    }
    return found;
  }

  private List<Long> backward(int size) {
    List<Long> found = new ArrayList<>();
    MementoPage page = mementos().pageBefore(Long.MAX_VALUE, size).orElseThrow();
    assertThat(page.isLast()).isTrue();
    found.addAll(positions(page));
    while (!page.isFirst()) {
      page = mementos().pageBefore(page.first().position(), size).orElseThrow();
      assertThat(page.isLast()).isFalse();
      found.addAll(0, positions(page));
    }
    return found;
  }
}

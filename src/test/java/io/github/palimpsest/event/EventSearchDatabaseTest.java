package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.testing.TestDatabase;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events across streams, in the order in which their transactions were stamped. */
class EventSearchDatabaseTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
  private static final StreamId THING_1 = new StreamId("Thing", "1");

  private final EventSearch search = new EventSearch();
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    database.execute(
        "insert into palimpsest.content_type (name, entity_class, id_shape)"
            + " values ('Thing', 'x.Thing', '{}'), ('Other', 'x.Other', '{}')");
  }

  /** Positions and stamps do not agree: transactions stamp and commit as they like. */
  private void insert(
      long position, int second, String type, String id, String operation, String columns) {
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
          source, schema_version, transaction_id, actor, reason, correlation_id, type, body)
        select %d, '2026-01-01T00:00:00Z'::timestamptz + interval '%d second',
          (select id from palimpsest.content_type where name = '%s'), '%s', '%s', 'jpa', 1, %s
        """
            .formatted(position, second, type, id, operation, columns));
  }

  private void insertSome() {
    insert(
        1, 10, "Thing", "1", "persist", "7, 'ada', 'why', 'r1', null, '{\"a\": 1, \"b\": null}'");
    insert(2, 30, "Thing", "2", "persist", "9, 'bob', null, null, null, '{\"a\": 1, \"b\": 2}'");
    insert(3, 20, "Thing", "1", "update", "8, 'bob', null, 'r1', null, '{\"b\": 5}'");
    insert(4, 20, "Other", "1", "update", "8, 'bob', null, 'r1', null, '{\"b\": null}'");
    insert(5, 40, "Thing", "1", "domain", "10, 'ada', null, null, 'paid', '{\"amount\": 50.00}'");
    insert(6, 50, "Thing", "2", "remove", "11, 'ada', null, null, null, '{}'");
  }

  @Test
  void the_feed_goes_by_time_created_and_then_by_position() {
    insertSome();

    assertThat(positions(EventQuery.all())).containsExactly(1L, 3L, 4L, 2L, 5L, 6L);
    assertThat(positions(EventQuery.all().newestFirst())).containsExactly(6L, 5L, 2L, 4L, 3L, 1L);
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition_both_ways() {
    insertSome();

    for (int size = 1; size <= 7; size++) {
      assertThat(paged(EventQuery.all().first(size))).containsExactly(1L, 3L, 4L, 2L, 5L, 6L);
      assertThat(paged(EventQuery.all().first(size).newestFirst()))
          .containsExactly(6L, 5L, 2L, 4L, 3L, 1L);
    }
  }

  @Test
  void what_is_later_than_the_settled_instant_does_not_count() {
    insertSome();

    assertThat(positions(EventQuery.all(), START.plusSeconds(20))).containsExactly(1L, 3L, 4L);
    assertThat(positions(EventQuery.all().newestFirst(), START.plusSeconds(20)))
        .containsExactly(4L, 3L, 1L);
    assertThat(count(EventQuery.all(), START.plusSeconds(20))).isEqualTo(3);
  }

  @Test
  void every_property_of_an_event_can_be_asked_for() {
    insertSome();

    assertThat(positions(EventQuery.all().ofTypes(List.of("Thing"))))
        .containsExactly(1L, 3L, 2L, 5L, 6L);
    assertThat(positions(EventQuery.all().ofTypes(List.of("Thing", "Other")))).hasSize(6);
    assertThat(positions(EventQuery.all().ofTypes(List.of("None")))).isEmpty();
    assertThat(positions(EventQuery.all().ofObject(THING_1))).containsExactly(1L, 3L, 5L);
    assertThat(
            positions(EventQuery.all().withOperations(Set.of(Operation.UPDATE, Operation.REMOVE))))
        .containsExactly(3L, 4L, 6L);
    assertThat(positions(EventQuery.all().named(List.of("paid", "sold")))).containsExactly(5L);
    assertThat(positions(EventQuery.all().by("ada"))).containsExactly(1L, 5L, 6L);
    assertThat(positions(EventQuery.all().because("why"))).containsExactly(1L);
    assertThat(positions(EventQuery.all().correlatedBy("r1"))).containsExactly(1L, 3L, 4L);
    assertThat(positions(EventQuery.all().inTransaction(8))).containsExactly(3L, 4L);
    assertThat(positions(EventQuery.all().since(START.plusSeconds(30))))
        .containsExactly(2L, 5L, 6L);
    assertThat(positions(EventQuery.all().until(START.plusSeconds(20))))
        .containsExactly(1L, 3L, 4L);
    assertThat(positions(EventQuery.all().by("ada").withOperations(Set.of(Operation.REMOVE))))
        .containsExactly(6L);
  }

  @Test
  void instants_finer_than_a_microsecond_bound_what_they_say() {
    insertSome();
    Instant before = START.plusSeconds(20).minusNanos(1);
    Instant after = START.plusSeconds(20).plusNanos(1);

    assertThat(positions(EventQuery.all().until(before))).containsExactly(1L);
    assertThat(positions(EventQuery.all().until(after))).containsExactly(1L, 3L, 4L);
    assertThat(positions(EventQuery.all().since(before))).startsWith(3L);
    assertThat(positions(EventQuery.all().since(after))).startsWith(2L);
  }

  @Test
  void an_attribute_is_changed_by_an_update_that_holds_it_and_by_a_first_value() {
    insertSome();

    assertThat(positions(EventQuery.all().changing("b"))).containsExactly(3L, 4L, 2L);
    assertThat(positions(EventQuery.all().changing("amount"))).isEmpty();
  }

  @Test
  void objects_are_listed_once_page_by_page() {
    insertSome();
    StreamId other = new StreamId("Other", "1");

    assertThat(streams(EventQuery.all(), null))
        .containsExactly(other, THING_1, new StreamId("Thing", "2"));
    assertThat(streams(EventQuery.all().first(1), other)).containsExactly(THING_1);
    assertThat(streams(EventQuery.all().because("why"), null)).containsExactly(THING_1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "EQUAL | n | 5 | 5.00",
        "EQUAL | n | 5.000 | 5.00",
        "LESS | n | 9.5 | 5.00, -1e3",
        "AT_MOST | n | 5 | 5.00, -1e3",
        "GREATER | n | 9.5 | 10, 1e1",
        "AT_LEAST | n | 10 | 10, 1e1",
        "LESS | n | \"x\" | \"5\", \"b\", \"50%\"",
        "GREATER | n | \"b\" | \"\uFFFD\", \"\uD83D\uDE00\"",
        "GREATER | n | \"\uFFFD\" | \"\uD83D\uDE00\"",
        "STARTS_WITH | n | \"5\" | \"5\", \"50%\"",
        "LIKE | n | \"_\" | \"5\", \"b\", \"\uFFFD\", \"\uD83D\uDE00\"",
        "LIKE | n | \"%\\\\%\" | \"50%\"",
        "EQUAL | n | true | true",
        "GREATER | n | false | ",
        "EQUAL | n | null | null, MISSING",
        "EQUAL | n | {\"a\":1.0} | {\"a\":1}",
      })
  void a_condition_on_a_body_means_the_same_in_sql_and_in_java(
      Operator operator, String path, String operand, @Nullable String matching)
      throws SQLException {
    List<String> all =
        List.of(
            "5.00",
            "-1e3",
            "10",
            "1e1",
            "\"5\"",
            "\"b\"",
            "\"\uFFFD\"",
            "\"\uD83D\uDE00\"",
            "\"50%\"",
            "true",
            "null",
            "MISSING",
            "{\"a\":1}",
            "[1]");
    List<String> expected = matching == null ? List.of() : List.of(matching.split(", "));
    Condition condition = new Comparison(List.of(path), operator, List.of(parse(operand)), false);
    int second = 0;
    for (String each : all) {
      String body = each.equals("MISSING") ? "{}" : "{\"n\": %s}".formatted(each);
      insert(
          ++second,
          second,
          "Thing",
          "1",
          "domain",
          "7, 'ada', null, null, 'x', '%s'".formatted(body));
      boolean inJava =
          condition.test(comparison -> each.equals("MISSING") ? JsonValue.NULL : parse(each));
      boolean inSql = positions(EventQuery.all().where(condition)).contains((long) second);

      assertThat(inJava).as("%s in Java", each).isEqualTo(expected.contains(each));
      assertThat(inSql).as("%s in SQL", each).isEqualTo(expected.contains(each));
      assertThat(positions(EventQuery.all().where(condition.not())).contains((long) second))
          .as("not %s in SQL", each)
          .isEqualTo(!inSql);
    }
  }

  @Test
  void parts_of_a_body_are_reached_by_their_path_and_conditions_combine() {
    insert(
        1, 1, "Thing", "1", "domain", "7, 'a', null, null, 'x', '{\"p\": {\"q\": 1}, \"r\": 2}'");
    insert(2, 2, "Thing", "1", "domain", "7, 'a', null, null, 'x', '{\"p\": {\"q\": 3}}'");
    insert(3, 3, "Thing", "1", "persist", "7, 'a', null, null, null, '{\"p\": {\"q\": 3}}'");
    Condition three = comparison(List.of("p", "q"), Operator.EQUAL, "3");
    Condition two = comparison(List.of("r"), Operator.EQUAL, "2");

    assertThat(positions(EventQuery.all().where(three))).containsExactly(2L);
    assertThat(positions(EventQuery.all().where(three.or(two)))).containsExactly(1L, 2L);
    assertThat(positions(EventQuery.all().where(three.and(two)))).isEmpty();
    assertThat(positions(EventQuery.all().where(two.not()))).containsExactly(2L);
    assertThat(positions(EventQuery.all().where(Condition.always()))).containsExactly(1L, 2L);
  }

  @Test
  void instants_of_unequal_length_compare_as_instants() {
    insert(
        1,
        1,
        "Thing",
        "1",
        "domain",
        "7, 'a', null, null, 'x', '{\"t\": \"2026-01-01T00:00:00.000000Z\"}'");
    insert(
        2,
        2,
        "Thing",
        "1",
        "domain",
        "7, 'a', null, null, 'x', '{\"t\": \"2026-01-01T00:00:00.000000001Z\"}'");
    insert(
        3,
        3,
        "Thing",
        "1",
        "domain",
        "7, 'a', null, null, 'x', '{\"t\": \"+12026-01-01T00:00:00.000000Z\"}'");
    Condition later =
        new Comparison(
            List.of("t"),
            Operator.GREATER,
            List.of(parse("\"2026-01-01T00:00:00.000000Z\"")),
            true);

    assertThat(positions(EventQuery.all().where(later))).containsExactly(2L, 3L);
    assertThat(later.test(each -> parse("\"2026-01-01T00:00:00.000000001Z\""))).isTrue();
    assertThat(later.test(each -> parse("\"+12026-01-01T00:00:00.000000Z\""))).isTrue();
    assertThat(later.test(each -> parse("\"2026-01-01T00:00:00.000000Z\""))).isFalse();
  }

  @Test
  void a_page_reads_no_more_however_long_the_history_is() throws SQLException {
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
          source, schema_version, transaction_id, actor, body)
        select n, '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 second', 1, n % 100,
          'update', 'jpa', 1, n, 'ada', '{}' from generate_series(1, 30000) n
        """);
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      EventCursor middle = new EventCursor(Instant.parse("2026-11-01T04:00:00Z"), 14400);

      List<Event> page = search.events(connection, EventQuery.all().after(middle).first(10), END);

      assertThat(page).extracting(Event::position).startsWith(14401L).hasSize(10);
      assertThat(
              TestDatabase.rows(
                  connection,
                  "select sum(seq_tup_read) + sum(idx_tup_fetch) from pg_stat_xact_all_tables"
                      + " where schemaname = 'palimpsest' and relname like 'event%'"))
          .containsExactly("10");
    }
  }

  @Test
  void a_cursor_is_read_back_and_anything_else_refused() {
    EventCursor cursor = new EventCursor(START.plusNanos(1000), 17);

    assertThat(EventCursor.parse(cursor.text())).isEqualTo(cursor);
    for (String text : List.of("", "17", "x_17", "2026-01-01T00:00:00Z_", cursor.text() + "x")) {
      assertThatThrownBy(() -> EventCursor.parse(text))
          .as(text)
          .hasMessage("a cursor is an instant and a position, such as 2026-01-31T12:00:00Z_17");
    }
  }

  private static Condition comparison(List<String> path, Operator operator, String operand) {
    return new Comparison(path, operator, List.of(parse(operand)), false);
  }

  private static JsonValue parse(String json) {
    return JsonProvider.provider().createReader(new StringReader(json)).readValue();
  }

  private List<Long> positions(EventQuery query) {
    return positions(query, END);
  }

  private List<Long> positions(EventQuery query, Instant settled) {
    return events(query, settled).stream().map(Event::position).toList();
  }

  private List<Long> paged(EventQuery query) {
    List<Event> all = new ArrayList<>();
    for (List<Event> page = events(query, END);
        !page.isEmpty();
        page = events(query.after(EventCursor.of(all.get(all.size() - 1))), END)) {
      all.addAll(page);
    }
    return all.stream().map(Event::position).toList();
  }

  private List<Event> events(EventQuery query, Instant settled) {
    return database.connections().call(connection -> search.events(connection, query, settled));
  }

  private long count(EventQuery query, Instant settled) {
    return database.connections().call(connection -> search.count(connection, query, settled));
  }

  private List<StreamId> streams(EventQuery query, @Nullable StreamId after) {
    return database.connections().call(connection -> search.streams(connection, query, END, after));
  }
}

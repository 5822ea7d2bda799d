package io.github.palimpsest.event;

import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds events across streams, in the order of the feed, on the caller's connection. Safe for
 * threads. The index (time created, position) serves it: a page costs what it passes over, however
 * long the history is.
 */
public final class EventSearch {
  private static final String EVENTS =
      """
      select %s
      from (select * from palimpsest.event e where %s and %s order by %s limit ?) e
      join palimpsest.content_type c on c.id = e.content_type_id
      order by %5$s
      """;

  private static final String COUNT = "select count(*) from palimpsest.event e where ";

  private static final String STREAMS =
      """
      select c.name, e.object_id
      from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
      where %s and (c.name collate "C", e.object_id) > (?, ?)
      group by c.name, e.object_id
      order by c.name collate "C", e.object_id limit ?
      """;

  /**
   * Returns a page of events.
   *
   * @param settled the later ones do not count; a {@link SettledClock} tells the latest that every
   *     answer will agree on
   * @throws SQLException if the database fails
   */
  public List<Event> events(Connection connection, EventQuery query, Instant settled)
      throws SQLException {
    Criterion which = query.criterion(settled);
    Criterion begin = query.begin();
    String sql =
        EVENTS.formatted(EventRow.COLUMNS, which.sql(), begin.sql(), query.order(), query.order());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = set(statement, 1, which.values());
      next = set(statement, next, begin.values());
      statement.setInt(next, query.limit());
      return EventRow.events(statement);
    }
  }

  /**
   * Returns how many events the query has, wherever its page begins. Reads them all.
   *
   * @throws SQLException if the database fails
   */
  public long count(Connection connection, EventQuery query, Instant settled) throws SQLException {
    Criterion which = query.criterion(settled);
    try (PreparedStatement statement = connection.prepareStatement(COUNT + which.sql())) {
      set(statement, 1, which.values());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Returns whose events the query has, each object once, by content type and object id in code
   * point order, as many as its limit says. Reads them all.
   *
   * @param after object to begin after, null for the beginning
   * @throws SQLException if the database fails
   */
  public List<StreamId> streams(
      Connection connection, EventQuery query, Instant settled, @Nullable StreamId after)
      throws SQLException {
    Criterion which = query.criterion(settled);
    try (PreparedStatement statement =
        connection.prepareStatement(STREAMS.formatted(which.sql()))) {
      int next = set(statement, 1, which.values());
      statement.setString(next, after == null ? "" : after.contentType());
      statement.setString(next + 1, after == null ? "" : after.objectId());
      statement.setInt(next + 2, query.limit());
      List<StreamId> streams = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          streams.add(new StreamId(rows.getString(1), rows.getString(2)));
        }
      }
      return streams;
    }
  }

  /** Sets the placeholders from the one numbered {@code first}; returns the number of the next. */
  static int set(PreparedStatement statement, int first, List<Object> values) throws SQLException {
    int next = first;
    for (Object value : values) {
      set(statement, next++, value);
    }
    return next;
  }

  private static void set(PreparedStatement statement, int number, Object value)
      throws SQLException {
    if (value instanceof Instant instant) {
      statement.setObject(number, instant.atOffset(ZoneOffset.UTC));
    } else if (value instanceof List<?> texts) {
      statement.setArray(number, array(statement, texts.toArray()));
    } else if (value instanceof Comparison.Json json) {
      statement.setArray(
          number, array(statement, json.values().stream().map(JsonValue::toString).toArray()));
    } else {
      statement.setObject(number, value);
    }
  }

  private static java.sql.Array array(PreparedStatement statement, Object[] texts)
      throws SQLException {
    return statement.getConnection().createArrayOf("text", texts);
  }
}

package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads events and snapshots on the caller's connection. Safe for threads. Every query of one
 * stream or one type is served by the index (content type, object id, position).
 */
public final class EventReader {
  /** Snapshots first, each followed by its stream's later events, in position order. */
  private static final String REPLAY =
      """
      with start as (
        select c.id as content_type_id, c.name, w.object_id, w.position,
          s.event_id, s.time_created, s.schema_version, s.state
        from palimpsest.content_type c
        cross join unnest(?::text[], ?::bigint[]) as w(object_id, position)
        left join lateral (
          select * from palimpsest.snapshot s
          where s.content_type_id = c.id and s.object_id = w.object_id collate "C"
            and s.time_created <= ? and s.event_id <= w.position
          order by s.event_id desc limit 1) s on true
        where c.name = ?)
      select 0 as rank, event_id as id, time_created, 0 as transaction_id, name, object_id,
        'update' as operation, null as type, '' as source, '' as actor, null as reason,
        null as correlation_id, schema_version, state as body
      from start where event_id is not null
      union all
      select 1, %s
      from start c
      join palimpsest.event e on e.content_type_id = c.content_type_id
        and e.object_id = c.object_id collate "C" and e.id >= coalesce(c.event_id, 0)
      where e.time_created <= ? and e.id <= c.position and e.operation <> 'domain'
      order by object_id, id, rank
      """
          .formatted(EventRow.COLUMNS);

  /**
   * A loose index scan: one index probe per object, however many events each has. The content type
   * is a scalar subquery here and below: joined, it would hide the order of the index.
   */
  private static final String OBJECT_IDS =
      """
      with recursive object as (
        (select e.object_id from palimpsest.event e
          where e.content_type_id = (select id from palimpsest.content_type where name = ?)
            and e.object_id > ?
          order by e.object_id limit 1)
        union all
        select (select e.object_id from palimpsest.event e
                 where e.content_type_id = (select id from palimpsest.content_type where name = ?)
                   and e.object_id > object.object_id
                 order by e.object_id limit 1)
        from object where object.object_id is not null)
      select object_id from object where object_id is not null limit ?
      """;

  private static final String OBJECTS = "select count(*) from (%s) as found".formatted(OBJECT_IDS);

  private static final String EVENTS =
      """
      select %s
      from palimpsest.content_type c
      cross join lateral (
        select * from palimpsest.event e
        where e.content_type_id = (select id from palimpsest.content_type where name = ?)
          and e.object_id = ? and e.id > ?
        order by e.id limit ?) e
      where c.id = e.content_type_id
      order by e.id
      """
          .formatted(EventRow.COLUMNS);

  private static final String LAST_EVENT =
      """
      select e.id from palimpsest.event e
      where e.content_type_id = (select id from palimpsest.content_type where name = ?)
        and e.object_id = ?
      order by e.id desc limit 1
      """;

  private static final String LAST_POSITION =
      LAST_EVENT.replace("order by", "and e.operation <> 'domain' order by");

  /** Materialized, so that the index on the transaction is used and not the order of positions. */
  private static final String OF_TRANSACTION =
      """
      with e as materialized (select * from palimpsest.event where transaction_id = ?)
      select %s
      from e join palimpsest.content_type c on c.id = e.content_type_id
      where e.id > ?
      order by e.id limit ?
      """
          .formatted(EventRow.COLUMNS);

  private static final String TOUCHED =
      """
      select c.name, e.object_id, min(e.id), max(e.id)
      from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
      where e.transaction_id = ? and e.operation not in ('domain', 'baseline')
      group by c.name, e.object_id order by min(e.id)
      """;

  private static final String IS_TYPE = "select from palimpsest.content_type where name = ?";

  private static final String TYPES =
      """
      select c.name, count(distinct e.object_id), count(e.id), min(e.time_created),
        max(e.time_created)
      from palimpsest.content_type c
      left join palimpsest.event e on e.content_type_id = c.id
      group by c.name order by c.name
      """;

  /**
   * Returns what a fold of each object needs up to {@code bound}; objects without events are left
   * out.
   *
   * @throws SQLException if the database fails
   */
  public List<Replay> replay(
      Connection connection, String contentType, List<String> objectIds, Bound bound)
      throws SQLException {
    List<Long> positions = Collections.nCopies(objectIds.size(), bound.position());
    return replay(connection, contentType, objectIds, positions, bound.time());
  }

  /**
   * Returns what a fold of each object needs up to a position of its own (inclusive); objects
   * without events are left out.
   *
   * @throws SQLException if the database fails
   */
  public List<Replay> replay(Connection connection, String contentType, Map<String, Long> positions)
      throws SQLException {
    List<String> objectIds = List.copyOf(positions.keySet());
    return replay(
        connection,
        contentType,
        objectIds,
        objectIds.stream().map(positions::get).toList(),
        Bound.none().time());
  }

  private static List<Replay> replay(
      Connection connection,
      String contentType,
      List<String> objectIds,
      List<Long> positions,
      Instant time)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REPLAY)) {
      statement.setArray(1, connection.createArrayOf("text", objectIds.toArray()));
      statement.setArray(2, connection.createArrayOf("bigint", positions.toArray()));
      statement.setObject(3, time.atOffset(ZoneOffset.UTC));
      statement.setString(4, contentType);
      statement.setObject(5, time.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        return replays(rows);
      }
    }
  }

  /**
   * Returns the ids of the objects that ever had an event, after {@code after} (exclusive, empty
   * for the beginning), in code point order, at most {@code limit}.
   *
   * @throws SQLException if the database fails
   */
  public List<String> objectIds(Connection connection, String contentType, String after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OBJECT_IDS)) {
      statement.setString(1, contentType);
      statement.setString(2, after);
      statement.setString(3, contentType);
      statement.setInt(4, limit);
      List<String> ids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    }
  }

  /**
   * Returns how many objects of a type ever had an event; one index probe each.
   *
   * @throws SQLException if the database fails
   */
  public long objects(Connection connection, String contentType) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OBJECTS)) {
      statement.setString(1, contentType);
      statement.setString(2, "");
      statement.setString(3, contentType);
      statement.setLong(4, Long.MAX_VALUE);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Returns the stream's events after {@code after} (exclusive), oldest first, domain events
   * included, at most {@code limit}.
   *
   * @throws SQLException if the database fails
   */
  public List<Event> events(Connection connection, StreamId stream, long after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
      statement.setString(1, stream.contentType());
      statement.setString(2, stream.objectId());
      statement.setLong(3, after);
      statement.setInt(4, limit);
      return EventRow.events(statement);
    }
  }

  /**
   * Returns the position of the stream's last event that changed the state, 0 if there is none.
   *
   * @throws SQLException if the database fails
   */
  public long lastPosition(Connection connection, StreamId stream) throws SQLException {
    return last(connection, LAST_POSITION, stream);
  }

  /**
   * Returns the position of the stream's last event, domain events included, 0 if it has none.
   *
   * @throws SQLException if the database fails
   */
  public long lastEvent(Connection connection, StreamId stream) throws SQLException {
    return last(connection, LAST_EVENT, stream);
  }

  private static long last(Connection connection, String sql, StreamId stream) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, stream.contentType());
      statement.setString(2, stream.objectId());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /**
   * Returns the events of a transaction after {@code after} (exclusive), at most {@code limit}.
   *
   * @throws SQLException if the database fails
   */
  public List<Event> transaction(Connection connection, long number, long after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_TRANSACTION)) {
      statement.setLong(1, number);
      statement.setLong(2, after);
      statement.setInt(3, limit);
      return EventRow.events(statement);
    }
  }

  /**
   * Returns the objects that a transaction changed, in the order in which it did; baselines are no
   * changes.
   *
   * @throws SQLException if the database fails
   */
  public List<TouchedStream> touched(Connection connection, long transaction) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOUCHED)) {
      statement.setLong(1, transaction);
      List<TouchedStream> touched = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          touched.add(
              new TouchedStream(
                  new StreamId(rows.getString(1), rows.getString(2)),
                  rows.getLong(3),
                  rows.getLong(4)));
        }
      }
      return touched;
    }
  }

  /**
   * Returns whether there is such a content type.
   *
   * @throws SQLException if the database fails
   */
  public boolean isType(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_TYPE)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * Returns every content type with its counts, by name. Counts the whole table.
   *
   * @throws SQLException if the database fails
   */
  public List<TypeSummary> types(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TYPES);
        ResultSet rows = statement.executeQuery()) {
      List<TypeSummary> types = new ArrayList<>();
      while (rows.next()) {
        types.add(
            new TypeSummary(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                instant(rows, 4),
                instant(rows, 5)));
      }
      return types;
    }
  }

  private static List<Replay> replays(ResultSet rows) throws SQLException {
    Map<StreamId, List<Event>> events = new LinkedHashMap<>();
    Map<StreamId, Snapshot> snapshots = new LinkedHashMap<>();
    while (rows.next()) {
      StreamId stream = new StreamId(rows.getString("name"), rows.getString("object_id"));
      events.computeIfAbsent(stream, key -> new ArrayList<>());
      if (rows.getInt("rank") == 0) {
        snapshots.put(stream, EventRow.snapshot(stream, rows));
      } else {
        events.get(stream).add(EventRow.event(rows));
      }
    }
    return events.entrySet().stream()
        .map(e -> new Replay(e.getKey(), snapshots.get(e.getKey()), e.getValue()))
        .toList();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}

package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Appends events on the caller's connection, in the caller's transaction. The stamp is taken once,
 * by the appending statement, before the first position is drawn: ADR 0001 tells why not earlier.
 * Safe for threads.
 */
public final class EventWriter {
  /**
   * Appends nothing if a checked event's stream has no full state. Such an answer may come from a
   * snapshot that is older than the lock under the stamp: it is to be asked again.
   */
  private static final String APPEND_CHECKED =
      """
      with stamped as materialized (
        select palimpsest.stamp() as stamp, pg_current_xact_id()::text::bigint as transaction_id),
      given as materialized (
        select c.id as content_type_id, n.*
        from %s
        join palimpsest.content_type_name c on c.name = n.content_type),
      checked as materialized (
        select array_agg(n.ordinal order by n.ordinal) as ordinals,
          palimpsest.stateless(
            array_agg(n.content_type_id order by n.ordinal),
            array_agg(n.object_id order by n.ordinal)) as stateless
        from given n where n.ordinal = any (?::bigint[])),
      appended as (
        insert into palimpsest.event (content_type_id, object_id, operation, type, source,
          time_created, transaction_id, actor, reason, correlation_id, schema_version, body)
        select n.content_type_id, n.object_id, n.operation, n.type, n.source,
          s.stamp, s.transaction_id, ?, ?, ?, n.schema_version, n.body::jsonb
        from stamped s cross join given n
        where (select stateless from checked) is null
        order by n.ordinal
        returning 1)
      select (select count(*) from appended),
        (select array_agg(ordinals[each]) from checked, unnest(stateless) as each)
      """
          .formatted(EventArrays.GIVEN.stripTrailing());

  private static final String APPEND_GIVEN =
      """
      with stamped as materialized (
        select palimpsest.stamp() as stamp, pg_current_xact_id()::text::bigint as transaction_id)
      insert into palimpsest.event (content_type_id, object_id, operation, type, source,
        time_created, transaction_id, actor, reason, correlation_id, schema_version, body)
      select c.id, n.object_id, n.operation, n.type, n.source,
        s.stamp, s.transaction_id, ?, ?, ?, n.schema_version, n.body::jsonb
      from stamped s
      cross join GIVEN
      join palimpsest.content_type_name c on c.name = n.content_type
      order by n.ordinal
      """
          .replace("GIVEN", EventArrays.GIVEN.strip());

  private static final String STATELESS =
      """
      select ordinal from unnest(palimpsest.stateless(
        (select array_agg(c.id order by n.ordinal)
           from unnest(?::text[]) with ordinality as n(name, ordinal)
           left join palimpsest.content_type_name c on c.name = n.name), ?::text[])) as ordinal
      """;

  private final ContentTypes types;

  /**
   * Creates a writer.
   *
   * @param types registers those of the events
   */
  public EventWriter(ContentTypes types) {
    this.types = types;
  }

  /**
   * Appends the events in their order with one statement: one stamp, one transaction.
   *
   * @throws SQLException if the database refuses, or an event's content type is not registered; the
   *     next call of {@link ContentTypes#register} registers anew, since the transaction that
   *     registered it may have rolled back
   */
  public void append(Connection connection, List<NewEvent> events, Provenance provenance)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPEND_GIVEN)) {
      provenance.set(statement, 1);
      EventArrays.set(connection, statement, 4, events);
      types.requireAll(events.size(), statement.executeUpdate());
    }
  }

  /**
   * Appends the events as {@link #append} does, if the streams of those that {@code isChecked} have
   * a full state; still one statement.
   *
   * @return the streams that may have none: then nothing was appended, and no baseline can be
   *     appended by others until the end of the transaction
   * @throws SQLException as {@link #append}
   */
  public Set<StreamId> appendChecked(
      Connection connection,
      List<NewEvent> events,
      Provenance provenance,
      Predicate<NewEvent> isChecked)
      throws SQLException {
    Object[] checked =
        LongStream.rangeClosed(1, events.size())
            .filter(ordinal -> isChecked.test(events.get((int) ordinal - 1)))
            .boxed()
            .toArray();
    if (checked.length == 0) {
      append(connection, events, provenance);
      return Set.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(APPEND_CHECKED)) {
      EventArrays.set(connection, statement, 1, events);
      statement.setArray(8, connection.createArrayOf("bigint", checked));
      provenance.set(statement, 9);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Array stateless = row.getArray(2);
        if (stateless == null) {
          types.requireAll(events.size(), row.getLong(1));
          return Set.of();
        }
        return Arrays.stream((Long[]) stateless.getArray())
            .map(ordinal -> events.get(ordinal.intValue() - 1).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
      }
    }
  }

  /**
   * Returns those of the streams that have no full state.
   *
   * @throws SQLException if the database fails
   */
  public Set<StreamId> stateless(Connection connection, List<StreamId> streams)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATELESS)) {
      Object[] names = streams.stream().map(StreamId::contentType).toArray();
      Object[] ids = streams.stream().map(StreamId::objectId).toArray();
      statement.setArray(1, connection.createArrayOf("text", names));
      statement.setArray(2, connection.createArrayOf("text", ids));
      Set<StreamId> stateless = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stateless.add(streams.get(rows.getInt(1) - 1));
        }
      }
      return stateless;
    }
  }
}

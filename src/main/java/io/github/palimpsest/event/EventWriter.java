package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Appends events on the caller's connection, in the caller's transaction. Safe for threads. */
public final class EventWriter {
  /**
   * The stamp is taken once, before the first position is drawn; ADR 0001 tells why it is taken by
   * this statement and not earlier.
   */
  private static final String APPEND =
      """
      with stamped as materialized (
        select palimpsest.stamp() as stamp, pg_current_xact_id()::text::bigint as transaction_id)
      insert into palimpsest.event (content_type_id, object_id, operation, type, source,
        time_created, transaction_id, actor, reason, correlation_id, schema_version, body)
      select c.id, n.object_id, n.operation, n.type, n.source,
        s.stamp, s.transaction_id, ?, ?, ?, n.schema_version, n.body::jsonb
      from stamped s
      cross join unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
        with ordinality as n(content_type, object_id, operation, type, source, schema_version, body,
          ordinal)
      join palimpsest.content_type c on c.name = n.content_type
      order by n.ordinal
      """;

  private static final String REGISTER =
      """
      insert into palimpsest.content_type (name, entity_class, id_shape)
      values (?, ?, ?::jsonb) on conflict (name) do nothing
      """;

  private final Set<String> registered = ConcurrentHashMap.newKeySet();

  /**
   * Makes the content types known to the database, once: an event of an unknown type is refused.
   *
   * @throws SQLException if the database refuses
   */
  public void register(Connection connection, Collection<ContentType> types) throws SQLException {
    List<ContentType> missing =
        types.stream().filter(type -> !registered.contains(type.name())).toList();
    if (!missing.isEmpty()) {
      insert(connection, missing);
      missing.forEach(type -> registered.add(type.name()));
    }
  }

  private static void insert(Connection connection, List<ContentType> types) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      for (ContentType type : types) {
        statement.setString(1, type.name());
        statement.setString(2, type.entityClass());
        statement.setString(3, json(type.idShape()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Appends the events in their order with one statement: one stamp, one transaction.
   *
   * @throws SQLException if the database refuses, or an event's content type is not registered; the
   *     next call of {@link #register} registers anew, since the transaction that registered it may
   *     have rolled back
   */
  public void append(Connection connection, List<NewEvent> events, Provenance provenance)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setString(1, provenance.actor());
      statement.setString(2, provenance.reason());
      statement.setString(3, provenance.correlationId());
      statement.setArray(4, text(connection, events, event -> event.stream().contentType()));
      statement.setArray(5, text(connection, events, event -> event.stream().objectId()));
      statement.setArray(6, text(connection, events, event -> event.operation().text()));
      statement.setArray(7, text(connection, events, NewEvent::name));
      statement.setArray(8, text(connection, events, event -> event.source().text()));
      Object[] versions = events.stream().map(NewEvent::schemaVersion).toArray();
      statement.setArray(9, connection.createArrayOf("int", versions));
      statement.setArray(10, text(connection, events, NewEvent::body));
      int appended = statement.executeUpdate();
      if (appended != events.size()) {
        registered.clear();
        throw new SQLException(
            "expected to append %d events, appended %d: a content type is not registered"
                .formatted(events.size(), appended));
      }
    }
  }

  private static Array text(
      Connection connection, List<NewEvent> events, Function<NewEvent, @Nullable String> field)
      throws SQLException {
    return connection.createArrayOf("text", events.stream().map(field).toArray());
  }

  private static String json(Map<String, String> shape) {
    return shape.entrySet().stream()
        .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}

package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
      cross join %s n
      join palimpsest.content_type_name c on c.name = n.content_type
      order by n.ordinal
      """;

  private static final String GIVEN =
      """
      unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
        with ordinality as n(content_type, object_id, operation, type, source, schema_version, body,
          ordinal)
      """;

  private static final String APPEND_GIVEN = APPEND.replace("%s n\n", GIVEN.stripTrailing() + "\n");

  private static final String APPEND_SPILLED =
      APPEND.replace("%s n\n", "pg_temp.palimpsest_spill_%d n\n");

  private static final String CREATE_SPILL =
      """
      create temporary table if not exists palimpsest_spill_%d (
        ordinal bigint generated always as identity, content_type text, object_id text,
        operation text, type text, source text, schema_version int, body text) on commit drop
      """;

  private static final String SPILL =
      """
      insert into pg_temp.palimpsest_spill_%d
        (content_type, object_id, operation, type, source, schema_version, body)
      select n.content_type, n.object_id, n.operation, n.type, n.source, n.schema_version, n.body
      from GIVEN order by n.ordinal
      """
          .replace("GIVEN", GIVEN.strip());

  private static final String LEAVE_OUT =
      """
      with gone as (
        delete from pg_temp.palimpsest_spill_%d where operation <> 'domain'
        returning content_type, operation)
      select content_type, operation, count(*) from gone group by content_type, operation
      """;

  private static final String ACT = "select palimpsest.act(?, ?, ?)";

  private static final String PAUSE = "select set_config('palimpsest.paused', 'true', true)";

  private static final String REGISTER =
      """
      insert into palimpsest.content_type (name, entity_class, id_shape)
      values (?, ?, ?::jsonb) on conflict (name) do nothing
      """;

  private static final String RENAME = "select palimpsest.rename_content_type(?, ?, ?)";

  private static final String RENAMED =
      """
      select n.name, c.name from unnest(?::text[]) n(name)
      join palimpsest.content_type c on n.name = any (c.formerly)
      """;

  private final Set<String> registered = ConcurrentHashMap.newKeySet();

  /**
   * Makes the content types known to the database, once: an event of an unknown type is refused.
   * The history of one that had another name gets the name of today.
   *
   * @throws SQLException if the database refuses, as it does a new name that has events of its own,
   *     or if one has the former name of another: its events would be taken for the other's
   */
  public void register(Connection connection, Collection<ContentType> types) throws SQLException {
    List<ContentType> missing =
        types.stream().filter(type -> !registered.contains(type.name())).toList();
    if (!missing.isEmpty()) {
      rename(connection, missing);
      requireNotRenamed(connection, missing);
      insert(connection, missing);
      missing.forEach(type -> registered.add(type.name()));
    }
  }

  private static void rename(Connection connection, List<ContentType> types) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENAME)) {
      for (ContentType type : types) {
        for (String former : type.formerly()) {
          statement.setString(1, former);
          statement.setString(2, type.name());
          statement.setString(3, type.entityClass());
          statement.execute();
        }
      }
    }
  }

  private static void requireNotRenamed(Connection connection, List<ContentType> types)
      throws SQLException {
    Object[] names = types.stream().map(ContentType::name).toArray();
    try (PreparedStatement statement = connection.prepareStatement(RENAMED)) {
      statement.setArray(1, connection.createArrayOf("text", names));
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new SQLException(
              "the content type %s was renamed to %s"
                  .formatted(rows.getString(1), rows.getString(2)));
        }
      }
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
    try (PreparedStatement statement = connection.prepareStatement(APPEND_GIVEN)) {
      setProvenance(statement, provenance);
      setEvents(connection, statement, 4, events);
      requireAll(events.size(), statement.executeUpdate());
    }
  }

  /**
   * Puts events aside until the end of the transaction, in a temporary table of its connection.
   *
   * @param heap tells the transaction's heaps apart, if it has several
   * @throws SQLException if the database refuses; the role needs the privilege TEMPORARY
   */
  public void spill(Connection connection, long heap, List<NewEvent> events) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_SPILL.formatted(heap));
    }
    try (PreparedStatement statement = connection.prepareStatement(SPILL.formatted(heap))) {
      setEvents(connection, statement, 1, events);
      statement.executeUpdate();
    }
  }

  /** Is told how many events of a content type and an operation are left out. */
  @FunctionalInterface
  public interface Counts {
    /** Takes one number. */
    void add(String contentType, String operation, long count);
  }

  /**
   * Forgets what was put aside, all but domain events.
   *
   * @param heap which heap
   * @return how many events are forgotten
   * @throws SQLException if the database refuses
   */
  public long leaveOut(Connection connection, long heap, Counts counts) throws SQLException {
    long all = 0;
    try (PreparedStatement statement = connection.prepareStatement(LEAVE_OUT.formatted(heap));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.add(rows.getString(1), rows.getString(2), rows.getLong(3));
        all += rows.getLong(3);
      }
    }
    return all;
  }

  /**
   * Appends what was put aside, in its order, with one statement: one stamp, one transaction.
   *
   * @param heap which heap
   * @param count how many were put aside
   * @throws SQLException as {@link #append}
   */
  public void appendSpilled(Connection connection, long heap, long count, Provenance provenance)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(APPEND_SPILLED.formatted(heap))) {
      setProvenance(statement, provenance);
      requireAll(count, statement.executeLargeUpdate());
    }
  }

  /**
   * Tells triggers who changes rows past capture in this transaction, which appends nothing itself.
   *
   * @throws SQLException if the database refuses
   */
  public void act(Connection connection, Provenance provenance) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACT)) {
      setProvenance(statement, provenance);
      statement.execute();
    }
  }

  /**
   * Tells triggers to look for the event that says that this transaction pauses capture.
   *
   * @throws SQLException if the database refuses
   */
  public void pause(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.execute();
    }
  }

  private static void setProvenance(PreparedStatement statement, Provenance provenance)
      throws SQLException {
    statement.setString(1, provenance.actor());
    statement.setString(2, provenance.reason());
    statement.setString(3, provenance.correlationId());
  }

  private static void setEvents(
      Connection connection, PreparedStatement statement, int first, List<NewEvent> events)
      throws SQLException {
    statement.setArray(first, text(connection, events, event -> event.stream().contentType()));
    statement.setArray(first + 1, text(connection, events, event -> event.stream().objectId()));
    statement.setArray(first + 2, text(connection, events, event -> event.operation().text()));
    statement.setArray(first + 3, text(connection, events, NewEvent::name));
    statement.setArray(first + 4, text(connection, events, event -> event.source().text()));
    Object[] versions = events.stream().map(NewEvent::schemaVersion).toArray();
    statement.setArray(first + 5, connection.createArrayOf("int", versions));
    statement.setArray(first + 6, text(connection, events, NewEvent::body));
  }

  private void requireAll(long expected, long appended) throws SQLException {
    if (appended != expected) {
      registered.clear();
      throw new SQLException(
          "expected to append %d events, appended %d: a content type is not registered"
              .formatted(expected, appended));
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

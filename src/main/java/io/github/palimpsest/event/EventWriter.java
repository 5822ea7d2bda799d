package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Appends events on the caller's connection, in the caller's transaction. Safe for threads. */
public final class EventWriter {
  /**
   * The stamp is taken once, before the first position is drawn; ADR 0001 tells why it is taken by
   * this statement and not earlier.
   */
  private static final String GIVEN =
      """
      unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
        with ordinality as n(content_type, object_id, operation, type, source, schema_version, body,
          ordinal)
      """;

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
          .formatted(GIVEN.stripTrailing());

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
          .replace("GIVEN", GIVEN.strip());

  /**
   * Baselines come first. They were read from rows that have new values already: each gets back
   * what the updates changed before anything else happened to its object, the earliest last.
   */
  private static final String APPEND_SPILLED =
      """
      with stamped as materialized (
        select palimpsest.stamp() as stamp, pg_current_xact_id()::text::bigint as transaction_id),
      before as materialized (
        select u.content_type, u.object_id, jsonb_object_agg(v.key, v.value order by u.ordinal desc)
          as attributes
        from (
          select n.*, min(n.ordinal) filter (where n.operation in ('persist', 'remove'))
            over (partition by n.content_type, n.object_id) as ended
          from pg_temp.palimpsest_spill_%1$d n
          where exists (select from pg_temp.palimpsest_spill_%1$d where operation = 'baseline')) u
        cross join jsonb_each(u.before::jsonb) v
        where u.operation = 'update' and (u.ended is null or u.ordinal < u.ended)
        group by u.content_type, u.object_id)
      insert into palimpsest.event (content_type_id, object_id, operation, type, source,
        time_created, transaction_id, actor, reason, correlation_id, schema_version, body)
      select c.id, n.object_id, n.operation, n.type, n.source,
        s.stamp, s.transaction_id, ?, ?, ?, n.schema_version,
        n.body::jsonb || coalesce(b.attributes, '{}')
      from stamped s
      cross join pg_temp.palimpsest_spill_%1$d n
      join palimpsest.content_type_name c on c.name = n.content_type
      left join before b on n.operation = 'baseline'
        and b.content_type = n.content_type and b.object_id = n.object_id
      order by n.operation <> 'baseline', n.ordinal
      """;

  private static final String CREATE_SPILL =
      """
      create temporary table if not exists palimpsest_spill_%d (
        ordinal bigint generated always as identity, content_type text, object_id text,
        operation text, type text, source text, schema_version int, body text, before text)
        on commit drop
      """;

  private static final String SPILL =
      """
      insert into pg_temp.palimpsest_spill_%d
        (content_type, object_id, operation, type, source, schema_version, body, before)
      select n.content_type, n.object_id, n.operation, n.type, n.source, n.schema_version, n.body,
        before[n.ordinal]
      from (select ?::text[] as before) b cross join GIVEN order by n.ordinal
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
  private static final String STAMP = "select palimpsest.stamp()";

  private static final String HOLD_WRITERS =
      "select palimpsest.hold_writers(), current_setting('transaction_isolation')";

  private static final String STATELESS =
      """
      select ordinal from unnest(palimpsest.stateless(
        (select array_agg(c.id order by n.ordinal)
           from unnest(?::text[]) with ordinality as n(name, ordinal)
           left join palimpsest.content_type_name c on c.name = n.name), ?::text[])) as ordinal
      """;

  /** What this transaction has persisted itself had no state before it. */
  private static final String DROP_BASELINES =
      """
      with n as materialized (
        select array_agg(b.ordinal order by b.ordinal) as ordinals,
          array_agg(c.id order by b.ordinal) as types,
          array_agg(b.object_id order by b.ordinal) as objects
        from pg_temp.palimpsest_spill_%1$d b
        join palimpsest.content_type_name c on c.name = b.content_type
        where b.operation = 'baseline' and not exists (
          select from pg_temp.palimpsest_spill_%1$d p
           where p.operation = 'persist' and p.content_type = b.content_type
             and p.object_id = b.object_id and p.ordinal < b.ordinal)),
      due as materialized (
        select n.ordinals[each] as ordinal
        from n cross join unnest(palimpsest.stateless(n.types, n.objects)) as each)
      delete from pg_temp.palimpsest_spill_%1$d s
      where s.operation = 'baseline'
        and not exists (select from due where due.ordinal = s.ordinal)
      """;

  /** What happened to a stream first; a domain event is nothing that happened to its state. */
  private static final String LIST_STATELESS =
      """
      create temporary table palimpsest_stateless_%1$d on commit drop as
      with begun as materialized (
        select min(c.id) as id, n.content_type, n.object_id,
          (array_agg(n.operation order by n.ordinal))[1] as operation,
          min(n.schema_version) as schema_version
        from pg_temp.palimpsest_spill_%1$d n
        join palimpsest.content_type_name c on c.name = n.content_type
        where n.operation <> 'domain' and n.content_type = any (?::text[])
        group by n.content_type, n.object_id
        having not bool_or(n.operation = 'baseline')),
      checked as materialized (
        select row_number() over () as ordinal, b.* from begun b where b.operation = 'update')
      select row_number() over () as number, k.content_type, k.object_id, k.schema_version
      from unnest(palimpsest.stateless(
        (select array_agg(id order by ordinal) from checked),
        (select array_agg(object_id order by ordinal) from checked))) as each
      join checked k on k.ordinal = each
      """;

  private static final String STATELESS_SPILLED =
      """
      select number, content_type, object_id, schema_version
      from pg_temp.palimpsest_stateless_%d where number > ? order by number limit ?
      """;

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
      setProvenance(statement, 1, provenance);
      setEvents(connection, statement, 4, events);
      requireAll(events.size(), statement.executeUpdate());
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
      setEvents(connection, statement, 1, events);
      statement.setArray(8, connection.createArrayOf("bigint", checked));
      setProvenance(statement, 9, provenance);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Array stateless = row.getArray(2);
        if (stateless == null) {
          requireAll(events.size(), row.getLong(1));
          return Set.of();
        }
        return Arrays.stream((Long[]) stateless.getArray())
            .map(ordinal -> events.get(ordinal.intValue() - 1).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
      }
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
      statement.setArray(1, text(connection, events, NewEvent::before));
      setEvents(connection, statement, 2, events);
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
   * Takes the stamp's lock, so that no baseline can be appended by others until the end of the
   * transaction, and every later statement sees those that were.
   *
   * @throws SQLException if the database fails
   */
  public void stamp(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STAMP)) {
      statement.execute();
    }
  }

  /**
   * Lets no writer have a stamp until the end of the transaction; ADR 0009 tells what that is good
   * for.
   *
   * @return false if writers that have one did not end soon
   * @throws SQLException if the database fails, or the transaction is not READ COMMITTED: its
   *     snapshot would be older than the lock
   */
  public static boolean holdWriters(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLD_WRITERS);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (!row.getString(2).equals("read committed")) {
        throw new SQLException(
            "holding the writers needs a READ COMMITTED transaction, this one is "
                + row.getString(2));
      }
      return row.getBoolean(1);
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
      Object[] types = streams.stream().map(StreamId::contentType).toArray();
      Object[] ids = streams.stream().map(StreamId::objectId).toArray();
      statement.setArray(1, connection.createArrayOf("text", types));
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

  /**
   * Drops the baselines that were put aside for streams that have a full state, or had none before
   * this transaction persisted them.
   *
   * @param heap which heap
   * @return how many
   * @throws SQLException if the database fails
   */
  public long dropBaselines(Connection connection, long heap) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(DROP_BASELINES.formatted(heap));
    }
  }

  /**
   * Lists, for {@link #stateless(Connection, long, long, int)}, the streams that have no full state
   * and were updated before anything else happened to them.
   *
   * @param heap which heap
   * @param contentTypes only streams of these
   * @throws SQLException if the database fails
   */
  public void listStateless(Connection connection, long heap, Collection<String> contentTypes)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(LIST_STATELESS.formatted(heap))) {
      statement.setArray(1, connection.createArrayOf("text", contentTypes.toArray()));
      statement.execute();
    }
  }

  /**
   * Returns the streams that were listed, at most {@code limit}.
   *
   * @param heap which heap
   * @param after number to begin after, 0 for the beginning
   * @throws SQLException if the database fails
   */
  public List<StatelessStream> stateless(Connection connection, long heap, long after, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(STATELESS_SPILLED.formatted(heap))) {
      statement.setLong(1, after);
      statement.setInt(2, limit);
      List<StatelessStream> streams = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          streams.add(
              new StatelessStream(
                  rows.getLong(1),
                  new StreamId(rows.getString(2), rows.getString(3)),
                  rows.getInt(4)));
        }
      }
      return streams;
    }
  }

  /**
   * Appends what was put aside, baselines first, the others in their order, with one statement: one
   * stamp, one transaction.
   *
   * @param heap which heap
   * @param count how many were put aside
   * @throws SQLException as {@link #append}
   */
  public void appendSpilled(Connection connection, long heap, long count, Provenance provenance)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(APPEND_SPILLED.formatted(heap))) {
      setProvenance(statement, 1, provenance);
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
      setProvenance(statement, 1, provenance);
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

  private static void setProvenance(PreparedStatement statement, int first, Provenance provenance)
      throws SQLException {
    statement.setString(first, provenance.actor());
    statement.setString(first + 1, provenance.reason());
    statement.setString(first + 2, provenance.correlationId());
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

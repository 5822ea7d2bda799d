package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Events that are put aside until the end of their transaction, in a temporary table of its
 * connection. The transaction may have several such heaps.
 */
public final class SpilledEvents {
  /**
   * Baselines come first. They were read from rows that have new values already: each gets back
   * what the updates changed before anything else happened to its object, the earliest last.
   */
  private static final String APPEND =
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

  private static final String CREATE =
      """
      create temporary table if not exists palimpsest_spill_%d (
        ordinal bigint generated always as identity, content_type text, object_id text,
        operation text, type text, source text, schema_version int, body text, before text)
        on commit drop
      """;

  private static final String ADD =
      """
      insert into pg_temp.palimpsest_spill_%d
        (content_type, object_id, operation, type, source, schema_version, body, before)
      select n.content_type, n.object_id, n.operation, n.type, n.source, n.schema_version, n.body,
        before[n.ordinal]
      from (select ?::text[] as before) b cross join GIVEN order by n.ordinal
      """
          .replace("GIVEN", EventArrays.GIVEN.strip());

  private static final String LEAVE_OUT =
      """
      with gone as (
        delete from pg_temp.palimpsest_spill_%d where operation <> 'domain'
        returning content_type, operation)
      select content_type, operation, count(*) from gone group by content_type, operation
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

  private static final String STATELESS =
      """
      select number, content_type, object_id, schema_version
      from pg_temp.palimpsest_stateless_%d where number > ? order by number limit ?
      """;

  private final ContentTypes types;
  private final long heap;

  /**
   * Names a heap, which may be empty.
   *
   * @param types registered where the events go
   * @param heap tells the transaction's heaps apart
   */
  public SpilledEvents(ContentTypes types, long heap) {
    this.types = types;
    this.heap = heap;
  }

  /**
   * Puts events aside.
   *
   * @throws SQLException if the database refuses; the role needs the privilege TEMPORARY
   */
  public void add(Connection connection, List<NewEvent> events) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE.formatted(heap));
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD.formatted(heap))) {
      statement.setArray(1, EventArrays.text(connection, events, NewEvent::before));
      EventArrays.set(connection, statement, 2, events);
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
   * @return how many events are forgotten
   * @throws SQLException if the database refuses
   */
  public long leaveOut(Connection connection, Counts counts) throws SQLException {
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
   * Drops the baselines that were put aside for streams that have a full state, or had none before
   * this transaction persisted them.
   *
   * @return how many
   * @throws SQLException if the database fails
   */
  public long dropBaselines(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(DROP_BASELINES.formatted(heap));
    }
  }

  /**
   * Lists, for {@link #stateless(Connection, long, int)}, the streams that have no full state and
   * were updated before anything else happened to them.
   *
   * @param contentTypes only streams of these
   * @throws SQLException if the database fails
   */
  public void listStateless(Connection connection, Collection<String> contentTypes)
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
   * @param after number to begin after, 0 for the beginning
   * @throws SQLException if the database fails
   */
  public List<StatelessStream> stateless(Connection connection, long after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATELESS.formatted(heap))) {
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
   * @param count how many were put aside
   * @throws SQLException as {@link EventWriter#append}
   */
  public void append(Connection connection, long count, Provenance provenance) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPEND.formatted(heap))) {
      provenance.set(statement, 1);
      types.requireAll(count, statement.executeLargeUpdate());
    }
  }
}

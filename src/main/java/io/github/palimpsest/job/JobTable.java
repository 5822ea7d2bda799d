package io.github.palimpsest.job;

import io.github.palimpsest.event.Connections;
import jakarta.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one database. While one runs, the transaction that does its work holds an advisory
 * lock: without it the job's server died. Who asks looks at the list of locks and takes none, so
 * that he is never in the way of who begins. Safe for threads.
 */
public final class JobTable {
  /** The list of locks has the two halves of a key (PostgreSQL, view {@code pg_locks}). */
  private static final String IS_FREE =
      """
      not exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
          and l.database = (select oid from pg_database where datname = current_database())
          and (l.classid::bigint << 32 | l.objid::bigint)
            = hashtextextended('palimpsest.job ' || job.id, 0))
      """;

  private static final String SELECT =
      """
      select id, kind, target, request, reason, correlation_id, started_by, actor,
        case when state = 'running' and %s then 'interrupted' else state end as state,
        cancel_requested, phase, done, total, created_at, started_at, ended_at, result, problem
      from palimpsest.job
      """
          .formatted(IS_FREE);

  private static final String INSERT =
      """
      insert into palimpsest.job
        (id, kind, target, request, reason, correlation_id, started_by, actor)
      values (?, ?, ?, ?::json, ?, ?, ?, ?)
      """;

  private static final String FORGET =
      "delete from palimpsest.job where ended_at < clock_timestamp() - ? * interval '1 second'";

  private static final String PAGE =
      """
      where (cast(? as text) is null or started_by = ?)
        and (cast(? as timestamptz) is null or (created_at, id) < (?, ?))
      order by created_at desc, id desc limit ?
      """;

  private static final String LOCK =
      "select pg_try_advisory_xact_lock(hashtextextended('palimpsest.job ' || ?, 0))";

  private static final String BEGIN =
      """
      update palimpsest.job
         set state = 'running', attempt = attempt + 1, started_at = clock_timestamp(),
           phase = null, done = 0, total = null
       where id = ? and state = 'queued' returning attempt
      """;

  private static final String REPORT =
      """
      update palimpsest.job set phase = ?, done = ?, total = ?
       where id = ? and attempt = ? and state = 'running' and not cancel_requested
      """;

  private static final String FINISH =
      """
      update palimpsest.job
         set state = 'done', result = ?::json, ended_at = clock_timestamp(), done = coalesce(total, done)
       where id = ? and attempt = ? and state = 'running' and not cancel_requested
      """;

  private static final String END =
      """
      update palimpsest.job
         set state = ?, problem = ?::json, ended_at = clock_timestamp()
       where id = ? and attempt = ? and state = 'running'
      """;

  private static final String CANCEL =
      """
      update palimpsest.job j
         set cancel_requested = true,
           state = case when f.is_free then 'cancelled' else j.state end,
           ended_at = case when f.is_free then clock_timestamp() end
        from (select id, state = 'queued' or %s as is_free from palimpsest.job where id = ?) f
       where j.id = f.id and j.state in ('queued', 'running')
      """
          .formatted(IS_FREE);

  private static final String QUEUE =
      """
      update palimpsest.job
         set state = 'queued', actor = ?, cancel_requested = false, problem = null, ended_at = null
       where id = ? and (state in ('queued', 'failed', 'cancelled')
         or state = 'running' and %s)
      """
          .formatted(IS_FREE);

  private final Connections connections;

  /** Creates it; what must not share a transaction is the caller's to separate. */
  public JobTable(Connections connections) {
    this.connections = connections;
  }

  /**
   * Adds a job that waits for a thread, and forgets those that ended long ago.
   *
   * @param retention how long ago
   */
  public UUID add(JobRequest request, Duration retention) {
    UUID id = UUID.randomUUID();
    update(FORGET, retention.toSeconds());
    update(
        INSERT,
        id,
        request.kind(),
        request.target(),
        request.body().toString(),
        request.reason(),
        request.correlationId(),
        request.startedBy(),
        request.startedBy());
    return id;
  }

  /** Returns a job; empty if there is none. */
  public Optional<Job> find(UUID id) {
    return query(SELECT + " where id = ?", id).stream().findFirst();
  }

  /**
   * Returns jobs, the newest first.
   *
   * @param startedBy whose; null for everybody's
   * @param after the job to begin after, null for the beginning
   */
  public List<Job> page(@Nullable String startedBy, @Nullable Job after, int limit) {
    @Nullable Object time = after == null ? null : after.createdAt().atOffset(ZoneOffset.UTC);
    @Nullable Object id = after == null ? null : after.id();
    return query(SELECT + PAGE, startedBy, startedBy, time, time, id, limit);
  }

  /** Returns whether this transaction is the only one that does the work of a job, to its end. */
  public boolean tryLock(UUID id) {
    return connections.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, id.toString());
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getBoolean(1);
            }
          }
        });
  }

  /** Begins a job that waits; returns which attempt it is, empty if it does not wait. */
  public OptionalInt begin(UUID id) {
    return connections.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
          }
        });
  }

  /**
   * Says how far an attempt is.
   *
   * @throws JobCancelledException if it shall end
   */
  public void report(UUID id, int attempt, String phase, long done, long total) {
    require(update(REPORT, phase, done, total, id, attempt));
  }

  /**
   * Ends an attempt whose work is done, in the transaction of the work.
   *
   * @throws JobCancelledException if it shall end otherwise
   */
  public void finish(UUID id, int attempt, JsonObject result) {
    require(update(FINISH, result.toString(), id, attempt));
  }

  /**
   * Ends an attempt that changed nothing.
   *
   * @param problem why it failed; null if it was cancelled
   */
  public void end(UUID id, int attempt, @Nullable JsonObject problem) {
    JobState state = problem == null ? JobState.CANCELLED : JobState.FAILED;
    update(END, state.text(), problem == null ? null : problem.toString(), id, attempt);
  }

  /** Cancels a job: at once if it waits, else as soon as it notices; false if it has ended. */
  public boolean cancel(UUID id) {
    return update(CANCEL, id) > 0;
  }

  /** Lets a job wait for a thread again; false if it runs or is done. */
  public boolean queue(UUID id, String actor) {
    return update(QUEUE, actor, id) > 0;
  }

  private static void require(int rows) {
    if (rows == 0) {
      throw new JobCancelledException();
    }
  }

  private int update(String sql, @Nullable Object... parameters) {
    return connections.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
          }
        });
  }

  private List<Job> query(String sql, @Nullable Object... parameters) {
    return connections.call(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<Job> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                found.add(JobRow.of(row));
              }
            }
            return found;
          }
        });
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}

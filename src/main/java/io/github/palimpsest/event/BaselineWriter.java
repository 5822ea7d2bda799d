package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Appends the full states of live rows, a range of primary keys at a time, on the caller's
 * connection. For one content type; safe for threads.
 */
public final class BaselineWriter {
  /**
   * A subquery and not a join: one index probe for each object, whatever the planner believes of a
   * table that was never analysed.
   */
  private static final String HAS_FULL_STATE =
      """
      (select e.id from palimpsest.event e
        where e.content_type_id = (select id from palimpsest.content_type where name = ?)
          and e.object_id = n.object_id collate "C" and e.operation in ('persist', 'baseline')
        order by e.id limit 1) is not null
      """;

  private static final String PAGE =
      """
      with n as (select %s as object_id, %s from %s where %s and %s order by %s limit ?)
      select (select count(*) from n), (select count(*) from n where not %s), %s
      from n order by %s limit 1
      """;

  private static final String APPEND =
      """
      with stamped as materialized (
        select palimpsest.stamp() as stamp, pg_current_xact_id()::text::bigint as transaction_id)
      insert into palimpsest.event (content_type_id, object_id, operation, source,
        time_created, transaction_id, actor, reason, correlation_id, schema_version, body)
      select (select id from palimpsest.content_type where name = ?), n.object_id, 'baseline',
        'database', s.stamp, s.transaction_id, ?, ?, ?, ?, n.state
      from stamped s
      cross join (select %s as object_id, %s as state, %s from %s where %s and %s and %s) n
      where not %s
      order by %s
      """;

  private final String contentType;
  private final int schemaVersion;
  private final Rows rows;
  private final List<String> names;

  /**
   * Creates a writer.
   *
   * @param schemaVersion of the states
   */
  public BaselineWriter(String contentType, int schemaVersion, Rows rows) {
    this.contentType = contentType;
    this.schemaVersion = schemaVersion;
    this.rows = rows;
    this.names = IntStream.range(0, rows.keys().size()).mapToObj(i -> "key" + i).toList();
  }

  /**
   * A range of rows.
   *
   * @param last the last one's primary key, its columns as text
   * @param rows how many there are
   * @param due how many of them have no full state in the history
   */
  public record Page(List<String> last, long rows, long due) {}

  /**
   * Returns the rows after {@code after} in the order of their primary keys, at most {@code limit};
   * empty if there are none.
   *
   * @param after a primary key, exclusive; empty for the beginning
   * @throws SQLException if the database fails
   */
  public Optional<Page> page(Connection connection, List<String> after, int limit)
      throws SQLException {
    String sql =
        PAGE.formatted(
            rows.objectId(),
            namedKeys(),
            rows.from(),
            rows.condition(),
            compared(">", after),
            String.join(", ", rows.keys()),
            HAS_FULL_STATE,
            each("n.%s::text"),
            each("n.%s desc"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = setKey(statement, 1, after);
      statement.setInt(next, limit);
      statement.setString(next + 1, contentType);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Page(key(row), row.getLong(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /**
   * Appends a baseline for each object in a range that has no full state in the history, in the
   * order of their primary keys, with one stamp. The caller holds the writers.
   *
   * @param after a primary key, exclusive; empty for the beginning
   * @param last a primary key, inclusive
   * @return how many
   * @throws SQLException if the database refuses
   */
  public int append(
      Connection connection, List<String> after, List<String> last, Provenance provenance)
      throws SQLException {
    String sql =
        APPEND.formatted(
            rows.objectId(),
            rows.state(),
            namedKeys(),
            rows.from(),
            rows.condition(),
            compared(">", after),
            compared("<=", last),
            HAS_FULL_STATE,
            each("n.%s"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, contentType);
      provenance.set(statement, 2);
      statement.setInt(5, schemaVersion);
      int next = setKey(statement, setKey(statement, 6, after), last);
      statement.setString(next, contentType);
      return statement.executeUpdate();
    }
  }

  private String namedKeys() {
    return IntStream.range(0, names.size())
        .mapToObj(i -> rows.keys().get(i) + " as " + names.get(i))
        .collect(Collectors.joining(", "));
  }

  private String each(String pattern) {
    return names.stream().map(pattern::formatted).collect(Collectors.joining(", "));
  }

  private String compared(String operator, List<String> key) {
    String marks = rows.keys().stream().map(each -> "?").collect(Collectors.joining(", "));
    return key.isEmpty()
        ? "true"
        : "(%s) %s (%s)".formatted(String.join(", ", rows.keys()), operator, marks);
  }

  /** As of no type, so that PostgreSQL takes the column's. */
  private static int setKey(PreparedStatement statement, int first, List<String> key)
      throws SQLException {
    for (int i = 0; i < key.size(); i++) {
      statement.setObject(first + i, key.get(i), Types.OTHER);
    }
    return first + key.size();
  }

  private List<String> key(ResultSet row) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      key.add(row.getString(i + 3));
    }
    return key;
  }
}

package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads live rows of one content type as states, on the caller's connection, by object id. Safe for
 * threads.
 */
public final class LiveRows {
  /** As many keys in one statement as it plans in no time. */
  private static final int KEYS = 200;

  private static final String FIND = "select %s, %s from %s where %s and (%s)";

  private static final String STATELESS =
      """
      and palimpsest.stateless(
        array[(select id from palimpsest.content_type where name = ?)], array[%s]) is not null
      """;

  private static final String IN_ORDER =
      """
      select n.object_id, n.state from (select %s as object_id, %s as state from %s where %s) n
      where n.object_id > ? collate "C" order by n.object_id collate "C"
      """;

  /** Tells what an object id is in the columns of the primary key. */
  @FunctionalInterface
  public interface Keys {
    /**
     * Returns the values, in the order of {@link Rows#keys}, as JDBC takes them.
     *
     * @throws IllegalArgumentException if it is not the id of such an object
     */
    List<?> of(String objectId);
  }

  /**
   * One row.
   *
   * @param state its full state, a JSON object as text
   */
  public record LiveRow(String objectId, String state) {}

  /** Rows read one after the other. For one thread. */
  public static final class Cursor implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;

    private Cursor(PreparedStatement statement) throws SQLException {
      this.statement = statement;
      this.rows = statement.executeQuery();
    }

    /**
     * Returns the next row; empty at the end.
     *
     * @throws SQLException if the database fails
     */
    public Optional<LiveRow> next() throws SQLException {
      return rows.next()
          ? Optional.of(new LiveRow(rows.getString(1), rows.getString(2)))
          : Optional.empty();
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  private final String contentType;
  private final Rows rows;
  private final Keys keys;

  /** Creates a reader of the rows of one content type. */
  public LiveRows(String contentType, Rows rows, Keys keys) {
    this.contentType = contentType;
    this.rows = rows;
    this.keys = keys;
  }

  /** Returns the rows in the words of SQL. */
  public Rows rows() {
    return rows;
  }

  /**
   * Returns the states of those of the objects that have a row, by object id, as JSON text.
   *
   * @throws SQLException if the database fails
   */
  public Map<String, String> find(Connection connection, Collection<String> objectIds)
      throws SQLException {
    Map<String, String> found = new HashMap<>();
    List<List<?>> all = objectIds.stream().map(this::key).flatMap(Optional::stream).toList();
    for (int from = 0; from < all.size(); from += KEYS) {
      List<List<?>> some = all.subList(from, Math.min(all.size(), from + KEYS));
      try (PreparedStatement statement = connection.prepareStatement(find(some.size()))) {
        setKeys(statement, some);
        read(statement, found);
      }
    }
    return found;
  }

  /**
   * Returns the state of an object that has a row and whose history has no full state, as JSON
   * text; empty for every other.
   *
   * @throws SQLException if the database fails
   */
  public Optional<String> findStateless(Connection connection, String objectId)
      throws SQLException {
    Optional<List<?>> key = key(objectId);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    String sql = find(1) + STATELESS.formatted(rows.objectId());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(setKeys(statement, List.of(key.get())), contentType);
      read(statement, found);
    }
    return Optional.ofNullable(found.get(objectId));
  }

  /**
   * Returns every row after {@code after} (exclusive, empty for the beginning), in the order of
   * object ids by code point, as one snapshot.
   *
   * @param connection in a transaction, else all rows are read at once
   * @param atOnce how many rows are held in memory
   * @throws SQLException if the database fails
   */
  public Cursor inOrder(Connection connection, String after, int atOnce) throws SQLException {
    String sql = IN_ORDER.formatted(rows.objectId(), rows.state(), rows.from(), rows.condition());
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setFetchSize(atOnce);
      statement.setString(1, after);
      return new Cursor(statement);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void read(PreparedStatement statement, Map<String, String> found)
      throws SQLException {
    try (Cursor cursor = new Cursor(statement)) {
      for (Optional<LiveRow> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        found.put(row.get().objectId(), row.get().state());
      }
    }
  }

  private String find(int count) {
    String one =
        rows.keys().stream().map(each -> each + " = ?").collect(Collectors.joining(" and "));
    String any = ("(" + one + ") or ").repeat(count);
    return FIND.formatted(
        rows.objectId(),
        rows.state(),
        rows.from(),
        rows.condition(),
        any.substring(0, any.length() - " or ".length()));
  }

  /** An id that an object of this class cannot have has no row. */
  private Optional<List<?>> key(String objectId) {
    try {
      return Optional.of(keys.of(objectId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int setKeys(PreparedStatement statement, List<List<?>> all) throws SQLException {
    int next = 1;
    for (List<?> key : all) {
      for (Object value : key) {
        statement.setObject(next++, value);
      }
    }
    return next;
  }
}

package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads at which positions the state of an object changed, both ways from any position, by the
 * index (content type, object id, position). The cost is that of what is read, not of the history.
 * Safe for threads.
 */
public final class StateChanges {
  private static final String BESIDE =
      """
      select e.id, e.time_created, e.transaction_id from palimpsest.event e
      where e.content_type_id = (select id from palimpsest.content_type where name = ?)
        and e.object_id = ? and e.id %s ? and e.time_created <= ? and e.operation <> 'domain'
      order by e.id %s limit ?
      """;

  private static final String AFTER = BESIDE.formatted(">", "");
  private static final String BEFORE = BESIDE.formatted("<", "desc");

  /**
   * Returns the changes after {@code position} (exclusive), oldest first, at most {@code limit}.
   *
   * @param until created at or before
   * @throws SQLException if the database fails
   */
  public List<StateChange> after(
      Connection connection, StreamId stream, long position, Instant until, int limit)
      throws SQLException {
    return read(connection, AFTER, stream, position, until, limit);
  }

  /**
   * Returns the changes before {@code position} (exclusive), newest first, at most {@code limit}.
   *
   * @param until created at or before
   * @throws SQLException if the database fails
   */
  public List<StateChange> before(
      Connection connection, StreamId stream, long position, Instant until, int limit)
      throws SQLException {
    return read(connection, BEFORE, stream, position, until, limit);
  }

  private static List<StateChange> read(
      Connection connection, String sql, StreamId stream, long position, Instant until, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, stream.contentType());
      statement.setString(2, stream.objectId());
      statement.setLong(3, position);
      statement.setObject(4, until.atOffset(ZoneOffset.UTC));
      statement.setInt(5, limit);
      List<StateChange> changes = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          changes.add(
              new StateChange(
                  rows.getLong(1),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  rows.getLong(3)));
        }
      }
      return changes;
    }
  }
}

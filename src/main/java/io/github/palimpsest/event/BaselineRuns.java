package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which content types still need a baseline at a start of the application. Safe for threads. */
public final class BaselineRuns {
  private static final String LOCK =
      "select pg_try_advisory_xact_lock(hashtext('palimpsest.baseline_run'))";

  private static final String BEGIN =
      """
      insert into palimpsest.baseline_run (content_type_id)
      select c.id from palimpsest.content_type c
       where c.name = ?
         and not exists (select from palimpsest.event e where e.content_type_id = c.id)
      on conflict do nothing
      """;

  private static final String IS_OPEN =
      """
      select from palimpsest.baseline_run r join palimpsest.content_type c on c.id = r.content_type_id
       where c.name = ? and r.finished_at is null
      """;

  private static final String FINISH =
      """
      update palimpsest.baseline_run set finished_at = clock_timestamp()
       where content_type_id = (select id from palimpsest.content_type where name = ?)
      """;

  /**
   * Returns whether this transaction is the only one at work on them, to its end.
   *
   * @throws SQLException if the database fails
   */
  public boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /**
   * Begins the run of a type that has no event yet.
   *
   * @return whether the type's run is not finished, begun now or earlier
   * @throws SQLException if the database fails
   */
  public boolean begin(Connection connection, String contentType) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, contentType);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(IS_OPEN)) {
      statement.setString(1, contentType);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * Ends the run of a type.
   *
   * @throws SQLException if the database fails
   */
  public void finish(Connection connection, String contentType) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
      statement.setString(1, contentType);
      statement.executeUpdate();
    }
  }
}

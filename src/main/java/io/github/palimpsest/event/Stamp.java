package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The stamp of a transaction, which its events share, and the lock that it is taken under: on the
 * caller's connection, until the end of the caller's transaction.
 */
public final class Stamp {
  private static final String TAKE = "select palimpsest.stamp()";

  private static final String HOLD_WRITERS =
      "select palimpsest.hold_writers(), current_setting('transaction_isolation')";

  private Stamp() {}

  /**
   * Takes the stamp's lock, so that no baseline can be appended by others until the end of the
   * transaction, and every later statement sees those that were.
   *
   * @throws SQLException if the database fails
   */
  public static void take(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
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
}

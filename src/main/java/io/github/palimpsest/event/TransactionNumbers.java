package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The numbers of transactions, which a server gives out once: a history that was restored into
 * another one holds numbers that this one will give again (ADR 0033).
 */
public final class TransactionNumbers {
  private static final String NEXT = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  /** The number is given, and not asked for in the query, so that the planner uses the index. */
  private static final String GREATEST_FROM =
      "select coalesce(max(transaction_id), 0) from palimpsest.event where transaction_id >= ?";

  private TransactionNumbers() {}

  /**
   * Refuses a history with numbers that the server has not given out yet.
   *
   * @throws IllegalStateException if it has; the message says what to do
   * @throws SQLException if the database fails
   */
  public static void requireGiven(Connection connection) throws SQLException {
    long greatest = greatestFrom(connection, next(connection));
    long next = next(connection); // others may have written meanwhile
    if (greatest >= next) {
      throw new IllegalStateException(message(connection.getCatalog(), greatest, next));
    }
  }

  private static long next(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      return number(statement);
    }
  }

  private static long greatestFrom(Connection connection, long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GREATEST_FROM)) {
      statement.setLong(1, number);
      return number(statement);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String message(String database, long greatest, long next) {
    return """
        The history in the database %s has transactions up to number %d, but its server gives %d \
        next: it was written on another server, and its numbers would come again. Let the server \
        go past them before the application starts, in psql by: do $$ begin for i in 1..%d loop \
        perform pg_current_xact_id(); commit; end loop; end $$; or, if that are too many, with \
        the server stopped by: pg_resetwal --epoch=%d.\
        """
        .formatted(database, greatest, next, greatest - next + 1, (greatest >> 32) + 1);
  }
}

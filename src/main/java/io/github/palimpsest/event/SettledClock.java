package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads the database clock so that no event stamped at or before the answer can still appear: it
 * waits for the transactions that hold a stamp and have not ended. Writers never wait for it. Safe
 * for threads.
 */
public final class SettledClock {
  private static final String OPEN_WRITERS =
      """
      select settled_at, writers, current_setting('transaction_isolation')
      from palimpsest.open_writers()
      """;

  private static final String STILL_OPEN = "select palimpsest.still_open(?)";

  private final Duration timeout;

  /**
   * Creates a clock.
   *
   * @param timeout how long to wait for writers
   */
  public SettledClock(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Returns an instant, in microseconds, up to which a later statement on this connection sees
   * every event; empty if writers did not end within the timeout.
   *
   * @throws SQLException if the database fails, or the transaction is not READ COMMITTED: its
   *     snapshot would be older than the wait
   * @throws InterruptedException if interrupted while waiting
   */
  public Optional<Instant> now(Connection connection) throws SQLException, InterruptedException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN_WRITERS);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (!row.getString(3).equals("read committed")) {
        throw new SQLException(
            "reading history needs a READ COMMITTED transaction, this one is " + row.getString(3));
      }
      Instant settledAt = row.getObject(1, OffsetDateTime.class).toInstant();
      Array writers = row.getArray(2);
      return ended(connection, writers) ? Optional.of(settledAt) : Optional.empty();
    }
  }

  private boolean ended(Connection connection, Array writers)
      throws SQLException, InterruptedException {
    if (((Object[]) writers.getArray()).length == 0) {
      return true;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try (PreparedStatement statement = connection.prepareStatement(STILL_OPEN)) {
      statement.setArray(1, writers);
      while (isTrue(statement)) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(1);
      }
      return true;
    }
  }

  private static boolean isTrue(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}

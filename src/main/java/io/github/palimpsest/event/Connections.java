package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends the connection of the active transaction, or of one that lasts for the call. */
@FunctionalInterface
public interface Connections {
  /**
   * Work on a borrowed connection.
   *
   * @param <R> what it returns
   */
  @FunctionalInterface
  interface Work<R> {
    /**
     * Does the work; must not keep, commit or close the connection.
     *
     * @throws SQLException if the database fails
     * @throws InterruptedException if interrupted while waiting
     */
    R on(Connection connection) throws SQLException, InterruptedException;
  }

  /**
   * Returns what {@code work} returns.
   *
   * @throws RuntimeException if the database fails or the thread is interrupted
   */
  <R> R call(Work<R> work);
}

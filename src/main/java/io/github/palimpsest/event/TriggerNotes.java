package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What a transaction tells the triggers of the database about itself, on its connection. */
public final class TriggerNotes {
  private static final String ACT = "select palimpsest.act(?, ?, ?)";

  private static final String PAUSE = "select set_config('palimpsest.paused', 'true', true)";

  private TriggerNotes() {}

  /**
   * Tells triggers who changes rows past capture in this transaction, which appends nothing itself.
   *
   * @throws SQLException if the database refuses
   */
  public static void act(Connection connection, Provenance provenance) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACT)) {
      provenance.set(statement, 1);
      statement.execute();
    }
  }

  /**
   * Tells triggers to look for the event that says that this transaction pauses capture.
   *
   * @throws SQLException if the database refuses
   */
  public static void pause(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAUSE)) {
      statement.execute();
    }
  }
}

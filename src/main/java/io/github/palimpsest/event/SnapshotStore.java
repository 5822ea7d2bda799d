package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Writes snapshots, and knows which streams to look at. Safe for threads. */
public final class SnapshotStore {
  private static final String LOCK =
      "select pg_try_advisory_xact_lock(hashtext('palimpsest.snapshot'))";

  private static final String PROGRESS = "select event_id from palimpsest.snapshot_progress";

  private static final String CHANGED =
      """
      select e.id, c.name, e.object_id
      from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
      where e.id > ? and e.operation <> 'domain'
      order by e.id limit ?
      """;

  private static final String ADVANCE = "update palimpsest.snapshot_progress set event_id = ?";

  private static final String INSERT =
      """
      insert into palimpsest.snapshot
        (content_type_id, object_id, event_id, time_created, schema_version, state)
      select id, ?, ?, ?, ?, ?::jsonb from palimpsest.content_type where name = ?
      on conflict do nothing
      """;

  /**
   * Streams changed since the last look.
   *
   * @param streams each once
   * @param events how many events were looked at
   * @param position of the last of them
   */
  public record Changed(Set<StreamId> streams, int events, long position) {}

  /**
   * Returns whether this transaction is the only one at work on snapshots, to its end.
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
   * Returns the streams with state changes after the position reached, from at most {@code limit}
   * events. An event that becomes visible late may be passed over: its object is looked at again
   * with its next event, and a missing snapshot costs time, nothing else.
   *
   * @throws SQLException if the database fails
   */
  public Changed changed(Connection connection, int limit) throws SQLException {
    long position = progress(connection);
    Set<StreamId> streams = new LinkedHashSet<>();
    int events = 0;
    try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
      statement.setLong(1, position);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          position = rows.getLong(1);
          streams.add(new StreamId(rows.getString(2), rows.getString(3)));
          events++;
        }
      }
    }
    return new Changed(streams, events, position);
  }

  /**
   * Stores the snapshots and the position reached.
   *
   * @throws SQLException if the database fails
   */
  public void store(Connection connection, Collection<Snapshot> snapshots, long position)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (Snapshot snapshot : snapshots) {
        statement.setString(1, snapshot.stream().objectId());
        statement.setLong(2, snapshot.position());
        statement.setObject(3, snapshot.timeCreated().atOffset(ZoneOffset.UTC));
        statement.setInt(4, snapshot.schemaVersion());
        statement.setString(5, snapshot.state().toString());
        statement.setString(6, snapshot.stream().contentType());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, position);
      statement.executeUpdate();
    }
  }

  private static long progress(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROGRESS);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}

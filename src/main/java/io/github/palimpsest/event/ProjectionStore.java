package io.github.palimpsest.event;

import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Stores values of projections and finds them again. Safe for threads. */
public final class ProjectionStore {
  /**
   * Transactions may commit out of the order of their positions: a value is of use only if it holds
   * all the events that count up to its position, which their number tells.
   */
  private static final String LATEST =
      """
      select s.event_id, s.time_created, s.events, s.value
      from palimpsest.projection_snapshot s
      where s.content_type_id = (select id from palimpsest.content_type where name = ?)
        and s.object_id = ? and s.name = ? and s.version = ? and s.time_created <= ?
        and s.events = (
          select count(*) from palimpsest.event e
          where e.content_type_id = s.content_type_id and e.object_id = s.object_id
            and e.id <= s.event_id and e.operation = 'domain' and e.time_created <= ?)
      order by s.event_id desc limit 1
      """;

  private static final String INSERT =
      """
      insert into palimpsest.projection_snapshot
        (content_type_id, object_id, name, version, event_id, time_created, events, value)
      select id, ?, ?, ?, ?, ?, ?, ?::jsonb from palimpsest.content_type where name = ?
      """;

  private static final String IS_READ_ONLY =
      "select current_setting('transaction_read_only')::boolean";

  private static final JsonProvider JSON = JsonProvider.provider();

  /**
   * Names a projection of one object.
   *
   * @param stream the object
   * @param name of the projection
   * @param version of the projection
   */
  public record ProjectionId(StreamId stream, String name, int version) {}

  /**
   * Returns the value after the most events, all of which were created by {@code settled}; empty if
   * there is none.
   *
   * @throws SQLException if the database fails
   */
  public Optional<ProjectedValue> latest(Connection connection, ProjectionId key, Instant settled)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
      statement.setString(1, key.stream().contentType());
      statement.setString(2, key.stream().objectId());
      statement.setString(3, key.name());
      statement.setInt(4, key.version());
      statement.setObject(5, settled.atOffset(ZoneOffset.UTC));
      statement.setObject(6, settled.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ProjectedValue(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getLong(3),
                    value(row.getString(4))))
            : Optional.empty();
      }
    }
  }

  /**
   * Stores a value, unless the transaction only reads.
   *
   * @throws SQLException if the database fails
   */
  public void store(Connection connection, ProjectionId key, ProjectedValue value)
      throws SQLException {
    if (isReadOnly(connection)) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, key.stream().objectId());
      statement.setString(2, key.name());
      statement.setInt(3, key.version());
      statement.setLong(4, value.position());
      statement.setObject(5, value.timeCreated().atOffset(ZoneOffset.UTC));
      statement.setLong(6, value.events());
      statement.setString(7, value.value().toString());
      statement.setString(8, key.stream().contentType());
      statement.executeUpdate();
    }
  }

  private static boolean isReadOnly(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_READ_ONLY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static JsonValue value(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }
}

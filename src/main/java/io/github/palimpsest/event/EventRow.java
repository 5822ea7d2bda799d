package io.github.palimpsest.event;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Makes values of rows. */
final class EventRow {
  /** Of the event {@code e} and its content type {@code c}. */
  static final String COLUMNS =
      """
      e.id, e.time_created, e.transaction_id, c.name, e.object_id, e.operation, e.type, e.source,
      e.actor, e.reason, e.correlation_id, e.schema_version, e.body
      """;

  /** Looked up once: each lookup walks the service files of the class path. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private EventRow() {}

  /** Runs the query and returns its events. */
  static List<Event> events(PreparedStatement query) throws SQLException {
    List<Event> events = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        events.add(event(rows));
      }
    }
    return events;
  }

  static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("id"),
        instant(row),
        row.getLong("transaction_id"),
        new StreamId(row.getString("name"), row.getString("object_id")),
        Operation.of(row.getString("operation")),
        row.getString("type"),
        row.getString("source"),
        new Provenance(
            row.getString("actor"), row.getString("reason"), row.getString("correlation_id")),
        row.getInt("schema_version"),
        object(row.getString("body")));
  }

  static Snapshot snapshot(StreamId stream, ResultSet row) throws SQLException {
    return new Snapshot(
        stream,
        row.getLong("id"),
        instant(row),
        row.getInt("schema_version"),
        object(row.getString("body")));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("time_created", OffsetDateTime.class).toInstant();
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}

package io.github.palimpsest.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** New events as seven parameters of one statement: an array for each column. */
final class EventArrays {
  /** They as rows, numbered from 1. */
  static final String GIVEN =
      """
      unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
        with ordinality as n(content_type, object_id, operation, type, source, schema_version, body,
          ordinal)
      """;

  private EventArrays() {}

  /** Sets them from the parameter {@code first} on. */
  static void set(
      Connection connection, PreparedStatement statement, int first, List<NewEvent> events)
      throws SQLException {
    statement.setArray(first, text(connection, events, event -> event.stream().contentType()));
    statement.setArray(first + 1, text(connection, events, event -> event.stream().objectId()));
    statement.setArray(first + 2, text(connection, events, event -> event.operation().text()));
    statement.setArray(first + 3, text(connection, events, NewEvent::name));
    statement.setArray(first + 4, text(connection, events, event -> event.source().text()));
    Object[] versions = events.stream().map(NewEvent::schemaVersion).toArray();
    statement.setArray(first + 5, connection.createArrayOf("int", versions));
    statement.setArray(first + 6, text(connection, events, NewEvent::body));
  }

  /** Returns one field of each. */
  static Array text(
      Connection connection, List<NewEvent> events, Function<NewEvent, @Nullable String> field)
      throws SQLException {
    return connection.createArrayOf("text", events.stream().map(field).toArray());
  }
}

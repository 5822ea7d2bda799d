package io.github.palimpsest.event;

import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects that at some time referred to others, on the caller's connection. Reads the events
 * of one type. Safe for threads.
 */
public final class Referring {
  /** A reference stands alone, in an array or in a map, and may have its type beside its key. */
  private static final String OBJECT_IDS =
      """
      select distinct e.object_id
      from palimpsest.event e
      where e.content_type_id = (select id from palimpsest.content_type where name = ?)
        and e.time_created <= ? and e.operation <> 'domain'
        and exists (
          select from jsonb_path_query(e.body #> ?, '$.**') value
          where value = any(?::jsonb[]))
      order by e.object_id
      """;

  private static final String PAGE =
      """
      select e.object_id
      from palimpsest.event e
      where e.content_type_id = (select id from palimpsest.content_type where name = ?)
        and e.time_created <= ? and e.operation <> 'domain'
        and (length(e.object_id), e.object_id) > (length(?::text), ?::text collate "C")
        and (?::jsonb is null or exists (
          select from jsonb_path_query(e.body #> ?, '$.**') value
          where value = ?::jsonb))
      group by e.object_id
      order by length(e.object_id), e.object_id limit ?
      """;

  /**
   * Returns the ids of objects of a type of which an event created by {@code settled} holds the
   * key, the shorter ids first. Not all of them need refer to it still, or ever have.
   *
   * @param way where the reference is in a state: an attribute, and the parts within it
   * @param key as references hold it; null for all objects
   * @param after object id to begin after, empty for the beginning
   * @param limit at most so many
   * @throws SQLException if the database fails
   */
  public List<String> objectIds(
      Connection connection,
      String contentType,
      List<String> way,
      @Nullable JsonValue key,
      Instant settled,
      String after,
      int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, contentType);
      statement.setObject(2, settled.atOffset(ZoneOffset.UTC));
      statement.setString(3, after);
      statement.setString(4, after);
      statement.setString(5, key == null ? null : key.toString());
      statement.setArray(6, connection.createArrayOf("text", way.toArray()));
      statement.setString(7, key == null ? null : key.toString());
      statement.setInt(8, limit);
      return ids(statement);
    }
  }

  /**
   * Returns the ids of all objects of a type of which an event created by {@code settled} holds one
   * of the keys, in code point order. Not all of them need refer to it still, or ever have.
   *
   * @param way where the reference is in a state: an attribute, and the parts within it
   * @param keys as references hold them
   * @throws SQLException if the database fails
   */
  public List<String> objectIds(
      Connection connection,
      String contentType,
      List<String> way,
      Collection<JsonValue> keys,
      Instant settled)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OBJECT_IDS)) {
      statement.setString(1, contentType);
      statement.setObject(2, settled.atOffset(ZoneOffset.UTC));
      statement.setArray(3, connection.createArrayOf("text", way.toArray()));
      statement.setArray(
          4, connection.createArrayOf("text", keys.stream().map(JsonValue::toString).toArray()));
      return ids(statement);
    }
  }

  private static List<String> ids(PreparedStatement statement) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}

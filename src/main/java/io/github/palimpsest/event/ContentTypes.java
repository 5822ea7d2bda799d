package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The content types that the database knows, as far as this object made them known: on the caller's
 * connection, in the caller's transaction. Safe for threads.
 */
public final class ContentTypes {
  private static final String REGISTER =
      """
      insert into palimpsest.content_type (name, entity_class, id_shape)
      values (?, ?, ?::jsonb) on conflict (name) do nothing
      """;

  private static final String RENAME = "select palimpsest.rename_content_type(?, ?, ?)";

  private static final String RENAMED =
      """
      select n.name, c.name from unnest(?::text[]) n(name)
      join palimpsest.content_type c on n.name = any (c.formerly)
      """;

  private final Set<String> registered = ConcurrentHashMap.newKeySet();

  /**
   * Makes the content types known to the database, once: an event of an unknown type is refused.
   * The history of one that had another name gets the name of today.
   *
   * @throws SQLException if the database refuses, as it does a new name that has events of its own,
   *     or if one has the former name of another: its events would be taken for the other's
   */
  public void register(Connection connection, Collection<ContentType> types) throws SQLException {
    List<ContentType> missing =
        types.stream().filter(type -> !registered.contains(type.name())).toList();
    if (!missing.isEmpty()) {
      rename(connection, missing);
      requireNotRenamed(connection, missing);
      insert(connection, missing);
      missing.forEach(type -> registered.add(type.name()));
    }
  }

  private static void rename(Connection connection, List<ContentType> types) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENAME)) {
      for (ContentType type : types) {
        for (String former : type.formerly()) {
          statement.setString(1, former);
          statement.setString(2, type.name());
          statement.setString(3, type.entityClass());
          statement.execute();
        }
      }
    }
  }

  private static void requireNotRenamed(Connection connection, List<ContentType> types)
      throws SQLException {
    Object[] names = types.stream().map(ContentType::name).toArray();
    try (PreparedStatement statement = connection.prepareStatement(RENAMED)) {
      statement.setArray(1, connection.createArrayOf("text", names));
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new SQLException(
              "the content type %s was renamed to %s"
                  .formatted(rows.getString(1), rows.getString(2)));
        }
      }
    }
  }

  private static void insert(Connection connection, List<ContentType> types) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      for (ContentType type : types) {
        statement.setString(1, type.name());
        statement.setString(2, type.entityClass());
        statement.setString(3, json(type.idShape()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Checks that an event was appended for each that was given: one of an unknown content type is
   * not. Then the next call of {@link #register} registers anew, since the transaction that
   * registered it may have rolled back.
   *
   * @throws SQLException if there are fewer
   */
  void requireAll(long expected, long appended) throws SQLException {
    if (appended != expected) {
      registered.clear();
      throw new SQLException(
          "expected to append %d events, appended %d: a content type is not registered"
              .formatted(expected, appended));
    }
  }

  private static String json(Map<String, String> shape) {
    return shape.entrySet().stream()
        .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}

package io.github.palimpsest.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The change sets of the schema, those there should be and those there are; without Liquibase. */
public final class SchemaChanges {
  private static final String LOG = "/liquibase/palimpsest.xml";

  /** Each file has one change set, of the same name. */
  private static final Pattern INCLUDE = Pattern.compile("file=\"palimpsest/([^\"]+)\\.sql\"");

  private static final String REACHABLE =
      """
      select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = 'palimpsest'
      """;

  private static final String TELLS =
      """
      select from pg_proc
      where pronamespace = 'palimpsest'::regnamespace and proname = 'applied_changes'
      """;

  private static final String APPLIED = "select palimpsest.applied_changes()";

  private SchemaChanges() {}

  /**
   * Returns the change sets that this version of the library needs and the database does not have,
   * in their order; empty also where the schema was not made by Liquibase.
   *
   * @param connection of the role that is to write; it needs no privilege for the question
   * @throws SQLException if the database fails
   */
  public static List<String> missing(Connection connection) throws SQLException {
    List<String> needed = needed();
    try (PreparedStatement statement = connection.prepareStatement(REACHABLE);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return needed;
      }
      if (!row.getBoolean(1)) {
        return List.of("0011-writer-grants");
      }
    }
    return tells(connection) ? missing(connection, needed) : needed;
  }

  private static boolean tells(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TELLS);
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }

  private static List<String> missing(Connection connection, List<String> needed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPLIED);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Array applied = row.getArray(1);
      if (applied == null) {
        return List.of();
      }
      Set<Object> ids = new HashSet<>(Arrays.asList((Object[]) applied.getArray()));
      return needed.stream().filter(id -> !ids.contains(id)).toList();
    }
  }

  /** Returns all change sets of the change log, in its order. */
  static List<String> needed() {
    try (InputStream log = Objects.requireNonNull(SchemaChanges.class.getResourceAsStream(LOG))) {
      String text = new String(log.readAllBytes(), StandardCharsets.UTF_8);
      return INCLUDE.matcher(text).results().map(SchemaChanges::name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(MatchResult include) {
    return include.group(1);
  }
}

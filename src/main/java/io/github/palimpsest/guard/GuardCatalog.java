package io.github.palimpsest.guard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which functions and triggers of ours the database has.
 *
 * @param functions by name
 * @param triggers to whether they fire
 * @param types ids of content types to whether their collections are locked
 * @param touchTables unqualified names to what was written at their creation, empty if their
 *     trigger does not fire
 */
record GuardCatalog(
    Map<String, Stored> functions,
    Map<GuardTrigger, Boolean> triggers,
    Map<Integer, Boolean> types,
    Map<String, String> touchTables) {
  /**
   * A function as it is.
   *
   * @param arguments their types
   * @param fingerprint what was written at its creation, see {@link GuardFunction#fingerprint}
   */
  record Stored(String arguments, String fingerprint, String body) {}

  private static final String FUNCTIONS =
      """
      select p.proname, pg_get_function_identity_arguments(p.oid),
          coalesce(obj_description(p.oid, 'pg_proc'), ''), p.prosrc
        from pg_proc p
       where p.pronamespace = 'palimpsest'::regnamespace and p.proname ~ '^guard_(touch|settle|check|lock)_'
      """;

  private static final String TRIGGERS =
      """
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname), t.tgname, p.proname,
          t.tgenabled in ('O', 'A')
        from pg_trigger t
        join pg_proc p on p.oid = t.tgfoid
        join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
       where p.pronamespace = 'palimpsest'::regnamespace and p.proname ~ '^guard_touch_'
      """;

  private static final String TYPES =
      "select content_type_id, family, has_collections from palimpsest.guard";

  private static final String TOUCH_TABLES =
      """
      select c.relname, case when t.tgenabled in ('O', 'A') then coalesce(obj_description(c.oid, 'pg_class'), '')
          else '' end
        from pg_class c left join pg_trigger t on t.tgrelid = c.oid and t.tgname = '%s'
       where c.relnamespace = 'palimpsest'::regnamespace and c.relkind = 'r' and c.relname ~ '^guard_touch_'
      """
          .formatted(TouchTable.TRIGGER);

  static GuardCatalog read(Connection connection) throws SQLException {
    Map<String, Stored> functions = new TreeMap<>();
    Map<GuardTrigger, Boolean> triggers = new HashMap<>();
    Map<Integer, Boolean> types = new HashMap<>();
    Map<String, String> touchTables = new TreeMap<>();
    each(
        connection,
        FUNCTIONS,
        row ->
            functions.put(
                row.getString(1),
                new Stored(row.getString(2), row.getString(3), row.getString(4))));
    each(
        connection,
        TRIGGERS,
        row ->
            triggers.put(
                new GuardTrigger(row.getString(1), row.getString(2), row.getString(3)),
                row.getBoolean(4)));
    each(connection, TYPES, row -> types.put(row.getInt(1), row.getBoolean(3)));
    each(connection, TOUCH_TABLES, row -> touchTables.put(row.getString(1), row.getString(2)));
    return new GuardCatalog(functions, triggers, types, touchTables);
  }

  boolean has(GuardFunction function) {
    Stored stored = functions.get(function.name());
    return stored != null
        && stored.fingerprint().equals(function.fingerprint())
        && stored.body().equals(function.body());
  }

  boolean has(TouchTable table) {
    return table.fingerprint().equals(touchTables.get(table.unqualified()));
  }

  boolean fires(GuardTrigger trigger) {
    return triggers.getOrDefault(trigger, false);
  }

  @FunctionalInterface
  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String query, Row reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        reader.read(row);
      }
    }
  }
}

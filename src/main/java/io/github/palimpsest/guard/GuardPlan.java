package io.github.palimpsest.guard;

import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.SourceTable;
import io.github.palimpsest.state.StateSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The functions and triggers that a set of entity classes asks for.
 *
 * @param types those that can be guarded
 * @param refused content type to the reason why it cannot
 * @param tables qualified table name to what it is for the types
 */
record GuardPlan(
    List<GuardedType> types,
    SortedMap<String, String> refused,
    SortedMap<String, List<TableRole>> tables,
    SortedMap<String, GuardFunction> functions) {
  /** The application's schemas: its expressions for states name their tables without one. */
  private static final String SCHEMAS =
      """
      select coalesce(string_agg(quote_ident(name) || ', ', '' order by n), '')
        from unnest(current_schemas(false)) with ordinality as s(name, n)
      """;

  /**
   * As the application's own session sees instants, whoever's session fires it. A policy that hides
   * rows from the functions' owner is an error: it would be taken for their removal.
   */
  private static final String SETTINGS =
      """
      select 'pg_temp set row_security = off set timezone = ' || quote_literal(current_setting('TimeZone'))
          || ' set datestyle = ''ISO, YMD'''
      """;

  private static final String QUALIFIED =
      """
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.oid = to_regclass(?)
      """;

  /** A large object is its owner's: that is the application's role. */
  private static final String READS_LARGE_OBJECTS =
      """
      select pg_has_role(?, current_user, 'usage') or current_setting('lo_compat_privileges')::boolean
      """;

  private static final String ID = "select id from palimpsest.content_type where name = ?";

  /**
   * Makes the plan.
   *
   * @param connection of the application's role: it resolves names as the application does
   * @param reader the role with whose rights the functions run
   * @throws SQLException if the database fails
   */
  static GuardPlan of(
      Connection connection,
      List<EntityModel> models,
      Function<EntityModel, StateSql> sql,
      GuardMode mode,
      String reader)
      throws SQLException {
    new ContentTypes()
        .register(connection, models.stream().map(EntityModel::asContentType).toList());
    List<GuardedType> types = new ArrayList<>();
    SortedMap<String, String> refused = new TreeMap<>();
    SortedMap<String, List<TableRole>> tables = new TreeMap<>();
    boolean hasLargeObjects = text(connection, READS_LARGE_OBJECTS, reader).equals("t");
    for (EntityModel model : models) {
      try {
        StateSql all = sql.apply(model);
        GuardedType type =
            type(connection, model, hasLargeObjects ? all : withoutLargeObjects(all, reader));
        SortedMap<String, List<TableRole>> roles = roles(connection, type);
        types.add(type);
        roles.forEach(
            (name, each) -> tables.computeIfAbsent(name, key -> new ArrayList<>()).addAll(each));
      } catch (IllegalArgumentException e) {
        refused.put(model.contentType(), String.valueOf(e.getMessage()));
      }
    }
    tables.replaceAll((name, roles) -> TableRole.merged(roles));
    return new GuardPlan(
        types,
        refused,
        tables,
        functions(types, tables, text(connection, SCHEMAS), text(connection, SETTINGS), mode));
  }

  private static StateSql withoutLargeObjects(StateSql all, String reader) {
    StateSql readable = all;
    for (String attribute : all.largeObjects()) {
      readable =
          readable.without(
              attribute,
              "attribute %s lies in large objects, which %s may not read"
                  .formatted(attribute, reader));
    }
    return readable;
  }

  private static GuardedType type(Connection connection, EntityModel model, StateSql sql)
      throws SQLException {
    List<String> lookedUp = new ArrayList<>();
    for (String table : sql.lookedUp()) {
      lookedUp.add(qualified(connection, table));
    }
    SourceTable family =
        sql.tables().stream()
            .filter(table -> table.isRow() && table.name().equals(sql.family()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no row in %s".formatted(model.contentType(), sql.family())));
    return new GuardedType(
        Integer.parseInt(text(connection, ID, model.contentType())),
        model,
        sql,
        qualified(connection, family.name()),
        family.keys(),
        keyTypes(connection, family),
        lookedUp);
  }

  private static List<String> keyTypes(Connection connection, SourceTable table)
      throws SQLException {
    String columns =
        table.keys().stream()
            .map("pg_typeof(t.%s)::text"::formatted)
            .collect(Collectors.joining(", "));
    String query =
        "select %s from (select) one left join %s t on false".formatted(columns, table.name());
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= table.keys().size(); i++) {
        types.add(row.getString(i));
      }
      return types;
    }
  }

  private static SortedMap<String, List<TableRole>> roles(Connection connection, GuardedType type)
      throws SQLException {
    SortedMap<String, List<TableRole>> roles = new TreeMap<>();
    for (SourceTable table : type.sql().tables()) {
      roles
          .computeIfAbsent(qualified(connection, table.name()), key -> new ArrayList<>())
          .add(TableRole.of(type.family(), table));
    }
    return roles;
  }

  private static String qualified(Connection connection, String table) throws SQLException {
    return find(connection, QUALIFIED, table)
        .orElseThrow(() -> new IllegalArgumentException("table " + table + " does not exist"));
  }

  private static SortedMap<String, GuardFunction> functions(
      List<GuardedType> types,
      Map<String, List<TableRole>> tables,
      String schemas,
      String others,
      GuardMode mode) {
    List<GuardFunction> all = new ArrayList<>();
    String settings = "set search_path = pg_catalog, " + schemas + others;
    tables.forEach(
        (table, roles) ->
            all.add(
                new GuardFunction(
                    touch(table) + "()",
                    "trigger",
                    "security definer set search_path = pg_catalog, "
                        + others
                        + TouchTable.BY_INDEX,
                    TouchSql.body(table, roles))));
    families(types)
        .forEach((table, each) -> all.add(settle(table, each, "security definer " + settings)));
    for (GuardedType type : types) {
      String check = "guard_check_%d(stamp timestamp with time zone)".formatted(type.id());
      boolean isStrict = mode == GuardMode.STRICT;
      all.add(new GuardFunction(check, "void", settings, CheckSql.check(type, isStrict)));
      if (CheckSql.hasCollections(type)) {
        String lock = "guard_lock_%d()".formatted(type.id());
        all.add(new GuardFunction(lock, "void", settings, CheckSql.lock(type)));
      }
    }
    return all.stream()
        .collect(
            Collectors.toMap(GuardFunction::name, each -> each, (one, other) -> one, TreeMap::new));
  }

  /** Returns the tables without triggers that the functions read. */
  SortedSet<String> lookedUp() {
    SortedSet<String> others = new TreeSet<>();
    types.forEach(type -> others.addAll(type.lookedUp()));
    others.removeAll(tables.keySet());
    return others;
  }

  /**
   * A plan for each commit's stamp would cost more than it saves, and a bitmap of the index of
   * stamps is read anew, whole, for each touched object.
   */
  private static GuardFunction settle(TouchTable table, List<GuardedType> types, String settings) {
    return new GuardFunction(
        table.settle() + "()",
        "trigger",
        settings
            + TouchTable.BY_INDEX
            + " set enable_bitmapscan = off set plan_cache_mode = force_generic_plan",
        SettleSql.body(table, types));
  }

  private static Map<TouchTable, List<GuardedType>> families(List<GuardedType> types) {
    return types.stream()
        .collect(
            Collectors.groupingBy(
                type -> new TouchTable(type.family()), LinkedHashMap::new, Collectors.toList()));
  }

  /** Returns the tables that note touched objects. */
  Set<TouchTable> touchTables() {
    return families(types).keySet();
  }

  /** Returns the tables that states of a type are read from. */
  List<String> tablesOf(GuardedType type) {
    return tables.entrySet().stream()
        .filter(
            each -> each.getValue().stream().anyMatch(role -> role.family().equals(type.family())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Returns what the functions' owner must be allowed: to read, and to lock owners of collections.
   */
  List<String> grants(String table, String reader) {
    List<String> grants = new ArrayList<>();
    grants.add(grant(table, reader));
    types.stream()
        .filter(type -> type.family().equals(table) && CheckSql.hasCollections(type))
        .findFirst()
        .ifPresent(
            type ->
                grants.add(
                    "grant update (%s) on %s to %s"
                        .formatted(String.join(", ", type.familyKeys()), table, reader)));
    return grants;
  }

  static String grant(String table, String reader) {
    return "grant select on %s to %s".formatted(table, reader);
  }

  /** A name that PostgreSQL does not cut, however long the table's is. */
  static String touch(String table) {
    return "guard_touch_" + GuardFunction.digest(table);
  }

  static String text(Connection connection, String query, String... parameters)
      throws SQLException {
    return find(connection, query, parameters)
        .orElseThrow(() -> new SQLException("no answer to " + query));
  }

  private static Optional<String> find(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}

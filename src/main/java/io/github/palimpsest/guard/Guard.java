package io.github.palimpsest.guard;

import static java.lang.System.Logger.Level.INFO;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.StateSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps triggers on the tables of audited entities that see what comes past JPA: bulk statements,
 * native SQL, other programs. ADR 0015 tells how they work. Safe for threads.
 */
public final class Guard {
  private static final System.Logger LOG = System.getLogger(Guard.class.getName());

  private static final String OWNS =
      "select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass(?)";

  private static final String OWNER =
      "select quote_ident(pg_get_userbyid(relowner)) from pg_class where oid = to_regclass(?)";

  private static final String READER = "select current_user";

  private static final String READS =
      "select coalesce(has_table_privilege(to_regclass(?)::oid, 'select'), false)";

  private final Connections application;
  private final Connections owner;
  private final List<EntityModel> guarded;
  private final List<EntityModel> unguarded;
  private final Function<EntityModel, StateSql> sql;

  /**
   * Creates the guard of one database.
   *
   * @param application lends the application's connection, whose names and time zone count; each
   *     call must be a transaction of its own
   * @param owner lends that of the role that owns the schema palimpsest, the same; if the
   *     application does not own its tables, this one must
   * @param models all of the application's that lie in the database
   * @param isGuarded which of them
   * @param sql an entity class in the words of SQL; IllegalArgumentException if there are none
   */
  public Guard(
      Connections application,
      Connections owner,
      Collection<EntityModel> models,
      Predicate<EntityModel> isGuarded,
      Function<EntityModel, StateSql> sql) {
    this.application = application;
    this.owner = owner;
    List<EntityModel> sorted =
        models.stream().sorted(Comparator.comparing(EntityModel::contentType)).toList();
    this.guarded = sorted.stream().filter(isGuarded).toList();
    this.unguarded = sorted.stream().filter(isGuarded.negate()).toList();
    this.sql = sql;
  }

  /**
   * Makes the triggers what the entity classes ask for: creates, replaces, and drops those of
   * classes that are no longer guarded. Done twice it changes nothing. Each table is a transaction
   * of its own, in which its writers wait; 5 s is the longest that one waits for them.
   *
   * @return how it is afterwards
   */
  public GuardReport install(GuardMode mode) {
    GuardPlan plan = plan(mode);
    GuardCatalog before = catalog();
    run(
        Stream.concat(
                plan.functions().values().stream()
                    .filter(function -> !before.has(function))
                    .flatMap(Guard::create),
                plan.touchTables().stream()
                    .filter(table -> !before.has(table))
                    .flatMap(table -> table.create().stream()))
            .toList());
    plan.lookedUp().forEach(this::allow);
    run(registration(plan));
    for (String table : plan.tables().keySet()) {
      attach(plan, before, table);
    }
    GuardPlan others = others(mode);
    detach(surplusTriggers(plan, others, before));
    run(others.types().stream().map(Guard::unregister).toList());
    run(surplusTables(plan, others, before).map(TouchTable::drop).toList());
    run(surplusFunctions(plan, others, before).map(name -> drop(before, name)).toList());
    GuardReport report = report(plan, others);
    LOG.log(INFO, "The guard watches {0}", plan.tables().keySet());
    return report;
  }

  /** Returns how the triggers that are there compare with what {@link #install} would make. */
  public GuardReport report(GuardMode mode) {
    return report(plan(mode), others(mode));
  }

  /** Drops all triggers: from now on what comes past JPA leaves no event. */
  public void drop() {
    GuardCatalog before = catalog();
    detach(before.triggers().keySet().stream());
    run(List.of("delete from palimpsest.guard"));
    run(before.touchTables().keySet().stream().map(TouchTable::drop).toList());
    run(before.functions().keySet().stream().map(name -> drop(before, name)).toList());
  }

  private void attach(GuardPlan plan, GuardCatalog catalog, String table) {
    List<String> statements =
        GuardTrigger.of(table)
            .filter(trigger -> !catalog.fires(trigger))
            .flatMap(trigger -> Stream.of(trigger.create(), trigger.enable()))
            .collect(Collectors.toList());
    if (!statements.isEmpty()) {
      statements.addAll(plan.grants(table, reader()));
      String creator = owner.call(connection -> GuardPlan.text(connection, OWNER, table));
      run(
          List.of(
              "grant execute on function palimpsest.%s() to %s"
                  .formatted(GuardPlan.touch(table), creator)));
      run(ownerOf(table), statements);
    }
  }

  /** Other tables have no triggers, but the functions look into them. */
  private void allow(String table) {
    if (!isReadable(table)) {
      run(ownerOf(table), List.of(GuardPlan.grant(table, reader())));
    }
  }

  private boolean isReadable(String table) {
    return owner.call(connection -> GuardPlan.text(connection, READS, table).equals("t"));
  }

  private String reader() {
    return owner.call(connection -> GuardPlan.text(connection, "select quote_ident(current_user)"));
  }

  private void detach(Stream<GuardTrigger> triggers) {
    triggers.forEach(trigger -> run(ownerOf(trigger.table()), List.of(trigger.drop())));
  }

  /** The application may own its tables, or have them from another role. */
  private Connections ownerOf(String table) {
    boolean isApplications =
        application.call(connection -> GuardPlan.text(connection, OWNS, table).equals("t"));
    return isApplications ? application : owner;
  }

  private GuardPlan plan(GuardMode mode) {
    return plan(guarded, mode);
  }

  /** What other applications have on the same database is not ours to drop. */
  private GuardPlan others(GuardMode mode) {
    return plan(unguarded, mode);
  }

  private GuardPlan plan(List<EntityModel> models, GuardMode mode) {
    String reader = owner.call(connection -> GuardPlan.text(connection, READER));
    return application.call(connection -> GuardPlan.of(connection, models, sql, mode, reader));
  }

  private GuardCatalog catalog() {
    return owner.call(GuardCatalog::read);
  }

  private GuardReport report(GuardPlan plan, GuardPlan others) {
    GuardCatalog catalog = catalog();
    List<GuardReport.Type> types = new ArrayList<>();
    plan.refused()
        .forEach((name, why) -> types.add(new GuardReport.Type(name, List.of(), List.of(why))));
    plan.types().forEach(type -> types.add(report(plan, catalog, type)));
    types.sort(Comparator.comparing(GuardReport.Type::contentType));
    return new GuardReport(
        types,
        Stream.of(
                surplusTriggers(plan, others, catalog).map(GuardTrigger::toString),
                surplusTables(plan, others, catalog).map(name -> "table " + name),
                surplusFunctions(plan, others, catalog))
            .flatMap(each -> each)
            .sorted()
            .toList());
  }

  private GuardReport.Type report(GuardPlan plan, GuardCatalog catalog, GuardedType type) {
    List<String> tables = plan.tablesOf(type);
    List<String> problems = new ArrayList<>();
    type.sql()
        .leftOut()
        .forEach((attribute, why) -> problems.add(why + ": its changes are not recorded"));
    tables.stream()
        .flatMap(GuardTrigger::of)
        .filter(trigger -> !catalog.fires(trigger))
        .forEach(
            trigger ->
                problems.add(
                    trigger
                        + (catalog.triggers().containsKey(trigger)
                            ? " is disabled"
                            : " is missing")));
    TouchTable touched = new TouchTable(type.family());
    Stream.concat(
            tables.stream().map(GuardPlan::touch),
            Stream.of(touched.settle(), "guard_check_" + type.id(), "guard_lock_" + type.id()))
        .flatMap(name -> Stream.ofNullable(plan.functions().get(name)))
        .filter(function -> !catalog.has(function))
        .forEach(
            function ->
                problems.add(
                    function.name()
                        + (catalog.functions().containsKey(function.name())
                            ? " is not what the entity class asks for"
                            : " is missing")));
    type.lookedUp().stream()
        .filter(table -> !isReadable(table))
        .forEach(table -> problems.add("table " + table + " may not be read by the functions"));
    if (!catalog.has(touched)) {
      problems.add("table " + touched.unqualified() + " is missing, different or does not fire");
    }
    if (!Boolean.valueOf(CheckSql.hasCollections(type)).equals(catalog.types().get(type.id()))) {
      problems.add("its row in palimpsest.guard is missing or different");
    }
    return new GuardReport.Type(type.model().contentType(), tables, problems);
  }

  private static Stream<GuardTrigger> surplusTriggers(
      GuardPlan plan, GuardPlan others, GuardCatalog catalog) {
    return others.tables().keySet().stream()
        .filter(table -> !plan.tables().containsKey(table))
        .flatMap(GuardTrigger::of)
        .filter(catalog.triggers()::containsKey);
  }

  private static Stream<String> surplusFunctions(
      GuardPlan plan, GuardPlan others, GuardCatalog catalog) {
    return others.functions().keySet().stream()
        .filter(name -> !plan.functions().containsKey(name))
        .filter(catalog.functions()::containsKey);
  }

  private static Stream<String> surplusTables(
      GuardPlan plan, GuardPlan others, GuardCatalog catalog) {
    return others.touchTables().stream()
        .filter(table -> !plan.touchTables().contains(table))
        .map(TouchTable::unqualified)
        .filter(catalog.touchTables()::containsKey);
  }

  /** Nobody has to be allowed to call what a trigger calls, but who creates the trigger. */
  private static Stream<String> create(GuardFunction function) {
    String name = "function palimpsest." + function.signature();
    return Stream.of(
        function.create(),
        "comment on %s is '%s'".formatted(name, function.fingerprint()),
        "revoke all on %s from public".formatted(name));
  }

  private static String drop(GuardCatalog catalog, String function) {
    return "drop function palimpsest.%s(%s)"
        .formatted(function, Objects.requireNonNull(catalog.functions().get(function)).arguments());
  }

  private static List<String> registration(GuardPlan plan) {
    List<String> statements = new ArrayList<>();
    for (GuardedType type : plan.types()) {
      statements.add(
          """
          insert into palimpsest.guard values (%d, '%s', %b)
            on conflict (content_type_id) do update
            set family = excluded.family, has_collections = excluded.has_collections
            where guard is distinct from excluded
          """
              .formatted(
                  type.id(), type.family().replace("'", "''"), CheckSql.hasCollections(type)));
    }
    return statements;
  }

  /** Before its functions go: a check that is not there would fail the commit. */
  private static String unregister(GuardedType type) {
    return "delete from palimpsest.guard where content_type_id = " + type.id();
  }

  private void run(List<String> statements) {
    run(owner, statements);
  }

  private static void run(Connections role, List<String> statements) {
    if (!statements.isEmpty()) {
      role.call(connection -> run(connection, statements));
    }
  }

  private static int run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
      for (String each : statements) {
        statement.execute(each);
      }
    }
    return statements.size();
  }
}

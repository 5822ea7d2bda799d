package io.github.palimpsest.guard;

import static io.github.palimpsest.state.StateSql.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a table's trigger function: it notes, after each statement, which objects the rows it
 * changed belong to, and which of their attributes. Whether captured events account for that is
 * looked at before the commit: see {@link CheckSql}.
 *
 * <p>It runs with the rights of the schema's owner, so it looks at no other table than the one it
 * was made for, and it uses only what is in {@code pg_catalog}: whoever owns another table could
 * give its columns types whose casts do anything. ADR 0015 tells what is left.
 */
final class TouchSql {
  /**
   * The first of a transaction bears the position, for which the table's own trigger fires. That
   * must stay one probe of the index: see {@link TouchTable}.
   */
  private static final String NOTE =
      """
          insert into {table} (key, attributes, position)
          select t.key, t.attributes, case when row_number() over () = 1 and not exists (
              select from {table} where transaction_id = pg_current_xact_id()) then (
                select case when current_setting('palimpsest.stamp', true) <> '' then 0 else last_value end
                  from palimpsest.event_id) end
            from (
          {touched}) t(key, attributes);
      """;

  private TouchSql() {}

  static String body(String table, List<TableRole> roles) {
    return """

        begin
          if tg_relid is distinct from to_regclass(%s)::oid then
            raise exception 'palimpsest: a trigger function of %% fired for %%', %s, tg_relid::regclass
              using errcode = 'insufficient_privilege';
          end if;
          if tg_op = 'INSERT' then
        %s  elsif tg_op = 'UPDATE' then
        %s  elsif tg_op = 'DELETE' then
        %s  else
        %s  end if;
          return null;
        end
        """
        .formatted(
            literal(table),
            literal(table),
            each(roles, role -> all(role, "new_rows")),
            each(roles, TouchSql::updated),
            each(roles, role -> all(role, "old_rows")),
            each(roles, role -> all(role, table)));
  }

  @FunctionalInterface
  private interface Selects {
    List<String> of(TableRole role);
  }

  private static String each(List<TableRole> roles, Selects selects) {
    return roles.stream()
        .flatMap(role -> selects.of(role).stream().map(touched -> note(role, touched)))
        .collect(Collectors.joining());
  }

  private static String note(TableRole role, String touched) {
    return NOTE.replace("{table}", new TouchTable(role.family()).name())
        .replace("{touched}", touched);
  }

  /** Rows that came or went. */
  private static List<String> all(TableRole role, String rows) {
    String attributes = role.isRow() ? "null" : array(role.attributes().keySet().stream());
    return List.of(
        "select distinct %s, %s::text[] from %s r where %s"
            .formatted(key(role, "r"), attributes, rows, hasKey(role, "r")));
  }

  private static List<String> updated(TableRole role) {
    return role.isRow() ? List.of(updatedRows(role)) : updatedElements(role);
  }

  private static String updatedRows(TableRole role) {
    String first = role.keys().get(0);
    List<String> columns =
        Stream.concat(
                role.type().stream(),
                role.attributes().values().stream().flatMap(names -> names.stream()))
            .distinct()
            .sorted()
            .toList();
    String cameOrWent = "o.%1$s is null or n.%1$s is null".formatted(first);
    String isOther = columns.isEmpty() ? cameOrWent : cameOrWent + " or " + differ(columns);
    String isOtherType =
        role.type().isEmpty() ? cameOrWent : cameOrWent + " or " + differ(List.copyOf(role.type()));
    String attributes =
        role.attributes().entrySet().stream()
            .map(
                each ->
                    "case when %s then %s end"
                        .formatted(differ(List.copyOf(each.getValue())), literal(each.getKey())))
            .collect(Collectors.joining(", "));
    return """
        select array[%s], case when %s then null
            else array_remove(array[%s]::text[], null) end
          from old_rows o full join new_rows n on %s
         where %s"""
        .formatted(
            role.keys().stream()
                .map("coalesce(n.%1$s, o.%1$s)::text"::formatted)
                .collect(Collectors.joining(", ")),
            isOtherType,
            attributes,
            role.keys().stream()
                .map("o.%1$s::text = n.%1$s::text"::formatted)
                .collect(Collectors.joining(" and ")),
            isOther);
  }

  /** As images: the scale of a number counts, and not every type can be compared otherwise. */
  private static String differ(List<String> columns) {
    return "record_image_ne(row(%s), row(%s))"
        .formatted(columns(columns, "o"), columns(columns, "n"));
  }

  private static String columns(List<String> columns, String alias) {
    return columns.stream().map(name -> alias + "." + name).collect(Collectors.joining(", "));
  }

  private static List<String> updatedElements(TableRole role) {
    List<String> selects = new ArrayList<>();
    role.attributes()
        .forEach(
            (name, columns) -> {
              String image =
                  columns.isEmpty()
                      ? "r::text"
                      : "row(%s)::text".formatted(columns(List.copyOf(columns), "r"));
              String old = elements(role, image, "old_rows");
              String now = elements(role, image, "new_rows");
              selects.add(
                  """
                  select distinct e.key, array[%s]
                    from ((%s except all %s) union all (%s except all %s)) e"""
                      .formatted(literal(name), old, now, now, old));
            });
    return selects;
  }

  private static String elements(TableRole role, String image, String rows) {
    return "select %s as key, %s as image from %s r where %s"
        .formatted(key(role, "r"), image, rows, hasKey(role, "r"));
  }

  private static String key(TableRole role, String alias) {
    return role.keys().stream()
        .map(name -> alias + "." + name + "::text")
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  private static String hasKey(TableRole role, String alias) {
    return role.keys().stream()
        .map(name -> alias + "." + name + " is not null")
        .collect(Collectors.joining(" and "));
  }

  private static String array(Stream<String> texts) {
    return texts.map(text -> literal(text)).collect(Collectors.joining(", ", "array[", "]"));
  }
}

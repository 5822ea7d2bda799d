package io.github.palimpsest.guard;

import static io.github.palimpsest.state.StateSql.literal;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.SourceTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bodies of a content type's functions that run before a commit. They compare the touched
 * attributes of each touched object, as its rows have them now, with what history says: the events
 * that this transaction has captured, else the latest before. What differs becomes an event.
 */
final class CheckSql {
  private static final String COMPARED =
      """
        touched as materialized (
          select k.key, bool_or(k.attributes is null) as is_row,
              coalesce(array_agg(a.name) filter (where a.name is not null), '{}') as attributes,
              {keys}
            from palimpsest.guard_touch k left join lateral unnest(k.attributes) a(name) on true
           where k.transaction_id = pg_current_xact_id() and k.family = {family}
           group by k.key),
        known as (select k.*, ({object_id}) collate "C" as object_id from touched k),
        compared as materialized (
          select k.*, live.is_there, live.now, own.operation, own.body, own.is_full
            from known k
            left join lateral (
              select true as is_there, ('{' || concat_ws(',', {attributes}) || '}')::jsonb as now
                from {from} where {condition} and {key_equals_k}) live on true
            left join lateral (
              select (array_agg(e.operation order by e.id desc))[1] as operation,
                  palimpsest.fold(e.operation, e.body order by e.id) as body,
                  bool_or(e.operation in ('persist', 'baseline')) as is_full
                from palimpsest.event e
               where e.content_type_id = {type_id} and e.object_id = k.object_id
                 and e.id >= first_position and {at_stamp}
                 and e.operation <> 'domain'
                 and e.transaction_id = pg_current_xact_id()::text::bigint) own on true)
      """;

  private static final String UNACCOUNTED =
      """
      case when k.is_there is null then k.operation is distinct from 'remove'
        else k.operation is null or k.operation = 'remove' or k.body || k.now <> k.body end
      """;

  /** Most often everything is accounted for, and a small statement begins sooner than a large. */
  private static final String RETURN_EARLY =
      """
        if not exists (
          with
      """
          + COMPARED
          + """
              select from compared k where UNACCOUNTED) then
            return;
          end if;
          """
              .replace("UNACCOUNTED", UNACCOUNTED.strip());

  private static final String CHECK =
      "  with\n"
          + COMPARED.stripTrailing()
          + ",\n"
          + """
        unaccounted as materialized (
          select k.*, case when k.is_full or k.operation = 'remove' then k.operation else (
                select e.operation from palimpsest.event e
                 where e.content_type_id = {type_id} and e.object_id = k.object_id
                   and e.operation <> 'domain'
                   and (e.time_created <> stamp
                     or e.transaction_id <> pg_current_xact_id()::text::bigint)
                 order by e.id desc limit 1) end as latest
            from compared k
           where UNACCOUNTED),
        changed as (
          select k.*, c.changes
            from unaccounted k
            left join lateral (
              select event_id, state from palimpsest.snapshot
               where content_type_id = {type_id} and object_id = k.object_id
               order by event_id desc limit 1) s on k.operation is null or k.operation = 'update'
            left join lateral (
              select jsonb_object_agg(n.key, n.value) as changes
                from jsonb_each(k.now) n
               where n.value is distinct from case
                 when k.operation is null or (k.operation = 'update' and not k.body ? n.key) then (
                   select value from (
                     (select e.id, e.body -> n.key as value from palimpsest.event e
                       where e.content_type_id = {type_id} and e.object_id = k.object_id
                         and e.id > coalesce(s.event_id, 0)
                         and (e.operation in ('persist', 'baseline')
                           or e.operation = 'update' and e.body ? n.key)
                       order by e.id desc limit 1)
                     union all
                     select s.event_id, s.state -> n.key where s.event_id is not null) h
                    order by id desc limit 1)
                 else k.body -> n.key end) c
              on k.is_there and k.latest in ('persist', 'baseline', 'update')),
        decided as (
          select k.*, case
              when k.is_there is null
                then case when k.latest <> 'remove' or k.operation <> 'remove' then 'remove' end
              when k.latest is null then case when k.is_row then 'persist' else 'baseline' end
              when k.latest = 'remove' then 'persist'
              when k.changes is null then null
              when k.operation is null and k.changes - {versions} = '{}' then null
              else 'update' end as decision
            from changed k),
        provenance as materialized (select * from palimpsest.guard_provenance()),
        inserted as (
          insert into palimpsest.event (content_type_id, object_id, operation, source, time_created,
            transaction_id, actor, reason, correlation_id, schema_version, body)
          select {type_id}, k.object_id, k.decision, 'database', stamp,
              pg_current_xact_id()::text::bigint, (select actor from provenance),
              (select reason from provenance), (select correlation_id from provenance),
              {schema_version},
              case k.decision when 'remove' then '{}' when 'update' then k.changes
                else (select {state} from {from} where {condition} and {key_equals_k}) end
            from decided k where k.decision is not null
           order by k.object_id
          returning object_id)
        select count(*), min(object_id) into recorded, first from inserted;
      """
              .replace("UNACCOUNTED", UNACCOUNTED.strip());

  /** From the first position on, an object's own events are found however long its history is. */
  private static final String DECLARE =
      """

      declare
        recorded bigint;
        first text;
        first_position bigint := (
          select position from palimpsest.guard_transaction
           where transaction_id = pg_current_xact_id());
      begin
      """;

  private static final String REFUSE =
      """
        if recorded > 0 then
          raise exception 'palimpsest: % changes of % past JPA are refused, of object % first',
            recorded, {content_type}, first using errcode = 'integrity_constraint_violation';
        end if;
      """;

  private static final String LOCK =
      """

      begin
        perform from {family_table} f join (
            select distinct {keys} from palimpsest.guard_touch k
             where k.transaction_id = pg_current_xact_id() and k.family = {family}
               and k.attributes && {collections}) k on {key_of_family}
         order by {order} for no key update of f;
      end
      """;

  /**
   * The partition's and, as a range is believed to have many rows, not to be searched for by index:
   * that would read all events of this transaction for each touched object.
   */
  private static final String AT_STAMP = "e.time_created between stamp and stamp";

  private static final Pattern PART = Pattern.compile("\\{([a-z_]+)}");

  private CheckSql() {}

  /** Returns the body of the function that records, or refuses, what is not accounted for. */
  static String check(GuardedType type, boolean isStrict) {
    String sql = DECLARE + RETURN_EARLY + CHECK + (isStrict ? REFUSE : "") + "end\n";
    return fill(sql, type);
  }

  /** Returns the body of the function that locks the owners of touched collections. */
  static String lock(GuardedType type) {
    return fill(LOCK, type);
  }

  static boolean hasCollections(GuardedType type) {
    return !collections(type).isEmpty();
  }

  /** Writes a type's tables, keys and attributes into {@code sql}; the touched object is k. */
  static String fill(String sql, GuardedType type) {
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("type_id", String.valueOf(type.id())),
            Map.entry("schema_version", String.valueOf(type.model().schemaVersion())),
            Map.entry("content_type", literal(type.model().contentType())),
            Map.entry("family", literal(type.family())),
            Map.entry("at_stamp", AT_STAMP),
            Map.entry("family_table", type.family()),
            Map.entry("keys", keys(type)),
            Map.entry("order", order(type)),
            Map.entry("key_of_family", equal(type.familyKeys(), "f.")),
            Map.entry("key_equals_k", equal(type.sql().keys(), "")),
            Map.entry("object_id", type.sql().objectIdOfKey()),
            Map.entry("collections", array(collections(type))),
            Map.entry("versions", array(versions(type))),
            Map.entry("attributes", attributes(type)),
            Map.entry("state", type.sql().state()),
            Map.entry("from", type.sql().from()),
            Map.entry("condition", type.sql().condition()));
    return PART.matcher(sql)
        .replaceAll(
            found -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(found.group(1)))));
  }

  private static String keys(GuardedType type) {
    return IntStream.rangeClosed(1, type.keyTypes().size())
        .mapToObj(i -> "(k.key[%d])::%s as key%d".formatted(i, type.keyTypes().get(i - 1), i))
        .collect(Collectors.joining(", "));
  }

  private static String equal(List<String> columns, String prefix) {
    return IntStream.rangeClosed(1, columns.size())
        .mapToObj(i -> "%s%s = k.key%d".formatted(prefix, columns.get(i - 1), i))
        .collect(Collectors.joining(" and "));
  }

  private static String order(GuardedType type) {
    return IntStream.rangeClosed(1, type.keyTypes().size())
        .mapToObj("k.key%d"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static Set<String> collections(GuardedType type) {
    return type.sql().tables().stream()
        .filter(table -> !table.isRow())
        .flatMap(table -> table.attributes().keySet().stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> versions(GuardedType type) {
    return type.model().attributes().stream()
        .filter(Attribute::isVersion)
        .map(Attribute::name)
        .collect(Collectors.toSet());
  }

  private static String array(Set<String> names) {
    return names.stream()
        .sorted()
        .map(name -> literal(name))
        .collect(Collectors.joining(", ", "array[", "]::text[]"));
  }

  /** Elements of collections come and go with rows of their own. */
  private static String attributes(GuardedType type) {
    Set<String> ofRows =
        type.sql().tables().stream()
            .filter(SourceTable::isRow)
            .flatMap(table -> table.attributes().keySet().stream())
            .collect(Collectors.toSet());
    return type.sql().attributes().entrySet().stream()
        .map(
            each -> {
              StringBuilder name = new StringBuilder();
              JsonText.quote(each.getKey(), name);
              return "case when %s%s = any(k.attributes) then %s || coalesce(%s, 'null') end"
                  .formatted(
                      ofRows.contains(each.getKey()) ? "k.is_row or " : "",
                      literal(each.getKey()),
                      literal(name.append(':').toString()),
                      each.getValue());
            })
        .collect(Collectors.joining(",\n          "));
  }
}

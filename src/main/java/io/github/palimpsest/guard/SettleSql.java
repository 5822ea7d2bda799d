package io.github.palimpsest.guard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The body of a family's function that runs before a commit, after capture has written. Most often
 * each touched object has one event of this transaction, which tells what was touched as its row
 * has it now: then that was all, in one small statement. Everything else is for {@link CheckSql}:
 * collections too, whose owners it locks in one order, and rows that came or went in a family of
 * several types, which may have been of another type.
 */
final class SettleSql {
  private static final String BODY =
      """

      declare
        stamp timestamp with time zone := nullif(current_setting('palimpsest.stamp', true), '');
      begin
        if stamp is not null and not exists (
            select from (
                select k.attributes, k.attributes is null as is_row, {keys}
                  from TABLE k where k.transaction_id = pg_current_xact_id()) k
             where (ACCOUNTED) is not true) then
          delete from TABLE where transaction_id = pg_current_xact_id();
          return null;
        end if;
        with noted as (
          delete from TABLE where transaction_id = pg_current_xact_id() returning key, attributes)
        insert into palimpsest.guard_touch (family, key, attributes)
        select {family}, key, attributes from noted;
        insert into palimpsest.guard_transaction (position)
        select new.position where not exists (
          select from palimpsest.guard_transaction where transaction_id = pg_current_xact_id());
        return null;
      end
      """;

  private static final String ACCOUNTED =
      """
      (k.attributes && {collections}) is not true and (
              select count(*) = 1 and bool_and(case when live.now is null then e.operation = 'remove'
                  else e.operation <> 'remove' and e.body || live.now = e.body end)
                from palimpsest.event e
                left join lateral (
                  select ('{' || concat_ws(',', {attributes}) || '}')::jsonb as now
                    from {from} where {condition} and {key_equals_k}) live on true
               where e.content_type_id = {type_id} and e.object_id = ({object_id}) collate "C"
                 and e.id >= new.position and {at_stamp} and e.operation <> 'domain'
                 and e.transaction_id = pg_current_xact_id()::text::bigint)""";

  private SettleSql() {}

  /** Returns it for the content types of one family. */
  static String body(TouchTable table, List<GuardedType> types) {
    String accounted =
        types.stream()
            .map(type -> CheckSql.fill(ACCOUNTED, type))
            .collect(Collectors.joining("\n      or "));
    return CheckSql.fill(BODY, types.get(0))
        .replace("TABLE", table.name())
        .replace(
            "ACCOUNTED",
            types.size() == 1 ? accounted : "k.attributes is not null and (" + accounted + ")");
  }
}

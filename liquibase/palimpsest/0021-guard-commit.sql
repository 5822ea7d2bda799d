--liquibase formatted sql
--changeset palimpsest:0021-guard-commit splitStatements:false
-- No sequential scans: the tables look empty when plans are made, and are full of dead rows later.
-- Fires at the commit, after capture has written its events. Collections first: their owners are
-- locked before the stamp, so that transactions that change one collection are in one order.
create function palimpsest.guard_commit() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog
  set enable_seqscan = off
as $$
declare
  types integer[];
  lock_types integer[];
  type integer;
  stamp timestamp with time zone;
begin
  select array_agg(content_type_id order by content_type_id),
         array_agg(content_type_id order by content_type_id) filter (where has_collections)
    into types, lock_types
    from palimpsest.guard
   where family in (select family from palimpsest.guard_touch where transaction_id = pg_current_xact_id());
  foreach type in array coalesce(lock_types, '{}') loop
    execute format('select palimpsest.guard_lock_%s()', type);
  end loop;
  if types is not null then
    stamp := palimpsest.stamp();
  end if;
  -- The setting says where to look; only an event of this transaction counts.
  if types is not null and not (current_setting('palimpsest.paused', true) = 'true' and exists (
      select from palimpsest.event e
       where e.content_type_id = (select id from palimpsest.content_type where name = 'palimpsest.control')
         and e.object_id = 'capture' and e.type = 'paused_capture' and e.time_created = stamp
         and e.transaction_id = pg_current_xact_id()::text::bigint)) then
    foreach type in array types loop
      execute format('select palimpsest.guard_check_%s($1)', type) using stamp;
    end loop;
  end if;
  delete from palimpsest.guard_touch where transaction_id = pg_current_xact_id();
  delete from palimpsest.guard_transaction where transaction_id = pg_current_xact_id();
  return null;
end
$$;
comment on function palimpsest.guard_commit() is
  'Records what no captured event of this transaction accounts for';
create constraint trigger guard_commit after insert on palimpsest.guard_transaction
  deferrable initially deferred for each row execute function palimpsest.guard_commit();

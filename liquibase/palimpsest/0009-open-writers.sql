--liquibase formatted sql
--changeset palimpsest:0009-open-writers splitStatements:false
-- The clock first, then the holders: a writer stamped at or before settled_at held its lock before
-- that instant, so it is either listed here or has ended. 112 and 1634494829 are the halves of the key.
create function palimpsest.open_writers(out settled_at timestamp with time zone, out writers text[])
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
begin
  settled_at := clock_timestamp();
  select coalesce(array_agg(virtualtransaction), '{}') into writers
    from pg_locks
   where locktype = 'advisory'
     and database = (select oid from pg_database where datname = current_database())
     and classid = 112 and objid = 1634494829 and objsubid = 1
     and granted and pid is distinct from pg_backend_pid();
end
$$;
comment on function palimpsest.open_writers() is
  'An instant, and the transactions that may still commit events stamped at or before it';

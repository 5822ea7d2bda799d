--liquibase formatted sql
--changeset palimpsest:0042-stamp-text splitStatements:false
-- As 0016. What is remembered is read under settings of functions too, and must not depend on how
-- the session writes instants.
create or replace function palimpsest.stamp() returns timestamp with time zone
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
declare
  stamp timestamp with time zone := (palimpsest.last_event()).time_created;
begin
  if stamp is null then
    perform pg_advisory_xact_lock_shared(482670831981);
    stamp := clock_timestamp();
    perform set_config('palimpsest.stamp', to_char(stamp at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00'), true);
  end if;
  return stamp;
end
$$;

--liquibase formatted sql
--changeset palimpsest:0016-one-stamp splitStatements:false
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
    perform set_config('palimpsest.stamp', stamp::text, true);
  end if;
  return stamp;
end
$$;
comment on function palimpsest.stamp() is
  'The instant of this transaction''s events: takes the shared writers'' lock to its end, then reads the clock; the same again once an event bears it';

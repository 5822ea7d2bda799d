--liquibase formatted sql
--changeset palimpsest:0024-last-event-by-key splitStatements:false
-- As 0015. The position is read before the query: currval() within it is volatile, so that the
-- primary key cannot be searched for it.
create or replace function palimpsest.last_event() returns palimpsest.event
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
declare
  remembered timestamp with time zone := nullif(current_setting('palimpsest.stamp', true), '');
  last_position bigint;
  found palimpsest.event;
begin
  if remembered is not null then
    last_position := currval('palimpsest.event_id');
    select * into found from palimpsest.event
     where id = last_position and time_created = remembered
       and transaction_id = pg_current_xact_id()::text::bigint;
  end if;
  return found;
exception when object_not_in_prerequisite_state then
  return null;
end
$$;

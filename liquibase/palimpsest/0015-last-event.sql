--liquibase formatted sql
--changeset palimpsest:0015-last-event splitStatements:false
-- A setting can be forged, an event of this very transaction cannot. The last position that this
-- session has drawn is that event's; a session that has drawn none has appended none.
create function palimpsest.last_event() returns palimpsest.event
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
declare
  remembered timestamp with time zone := nullif(current_setting('palimpsest.stamp', true), '');
  found palimpsest.event;
begin
  if remembered is not null then
    select * into found from palimpsest.event
     where id = currval('palimpsest.event_id') and time_created = remembered
       and transaction_id = pg_current_xact_id()::text::bigint;
  end if;
  return found;
exception when object_not_in_prerequisite_state then
  return null;
end
$$;
comment on function palimpsest.last_event() is
  'The event that this transaction appended last; null if there is none';

--liquibase formatted sql
--changeset palimpsest:0003-append-only splitStatements:false
create function palimpsest.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'palimpsest.event is append-only: % is refused', tg_op
    using errcode = 'insufficient_privilege';
end
$$;

-- Statement triggers fire for the table a statement names, so the parent and each partition has its
-- own (0004). ALWAYS: also under session_replication_role = replica.
create trigger refuse_change
  before update or delete or truncate on palimpsest.event
  for each statement execute function palimpsest.refuse_change();
alter table palimpsest.event enable always trigger refuse_change;

create trigger refuse_change
  before update or delete or truncate on palimpsest.event_default
  for each statement execute function palimpsest.refuse_change();
alter table palimpsest.event_default enable always trigger refuse_change;

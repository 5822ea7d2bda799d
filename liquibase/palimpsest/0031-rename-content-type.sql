--liquibase formatted sql
--changeset palimpsest:0031-rename-content-type splitStatements:false
-- The stamp comes before the row locks, as in every writer: else a baseline and a rename could wait
-- for each other.
create function palimpsest.rename_content_type(former text, new_name text, new_class text) returns boolean
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog
as $$
declare
  stamped timestamp with time zone;
  former_id integer;
  taken_id integer;
begin
  if not exists (select from palimpsest.content_type where name = former) then
    return false;
  end if;
  stamped := palimpsest.stamp();
  perform pg_advisory_xact_lock(hashtext('palimpsest.rename_content_type'));
  select id into former_id from palimpsest.content_type where name = former for update;
  select id into taken_id from palimpsest.content_type where name = new_name for update;
  if former_id is null
     or (taken_id is not null
         and not exists (select from palimpsest.event where content_type_id = former_id)) then
    return false;
  end if;
  if exists (select from palimpsest.event where content_type_id = taken_id) then
    raise exception 'content type % cannot be renamed to %: both have events', former, new_name
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  delete from palimpsest.content_type where id = taken_id;
  update palimpsest.content_type
     set name = new_name, entity_class = new_class, formerly = array_remove(formerly, new_name) || former
   where id = former_id;
  insert into palimpsest.content_type (name, entity_class, id_shape)
    values ('palimpsest.control', 'palimpsest', '{"topic": "java.lang.String"}')
    on conflict (name) do nothing;
  insert into palimpsest.event (content_type_id, object_id, operation, type, source, time_created,
      transaction_id, actor, schema_version, body)
    select id, 'content-types', 'domain', 'renamed_content_type', 'database', stamped,
      pg_current_xact_id()::text::bigint, 'system:' || session_user, 1,
      jsonb_build_object('from', former, 'to', new_name)
    from palimpsest.content_type where name = 'palimpsest.control';
  return true;
end
$$;
revoke all on function palimpsest.rename_content_type(text, text, text) from public;
comment on function palimpsest.rename_content_type(text, text, text) is
  'Gives the history of a content type another name and records that; false if there is nothing to rename';

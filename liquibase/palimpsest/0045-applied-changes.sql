--liquibase formatted sql
--changeset palimpsest:0045-applied-changes splitStatements:false
-- Liquibase notes what it has applied in a table of whoever called it, which the writer may not read.
create function palimpsest.applied_changes() returns text[]
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog
as $$
declare
  log regclass;
  ids text[];
  found text[];
begin
  for log in
    select c.oid from pg_class c
    where c.relkind = 'r' and c.relowner = (select oid from pg_roles where rolname = current_user)
      and array['id', 'author', 'filename', 'md5sum', 'orderexecuted', 'exectype'] <@
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid)
  loop
    execute format('select array_agg(id::text) from %s where author = ''palimpsest''', log) into ids;
    found := found || ids;
  end loop;
  return found;
end
$$;
comment on function palimpsest.applied_changes() is
  'The change sets of this schema that Liquibase has applied; null if it was not Liquibase that did';

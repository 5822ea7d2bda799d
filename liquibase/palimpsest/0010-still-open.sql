--liquibase formatted sql
--changeset palimpsest:0010-still-open splitStatements:false
create function palimpsest.still_open(writers text[]) returns boolean
  language sql
  volatile
  set search_path = pg_catalog
as $$
  select exists (
    select from pg_locks
     where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())
       and classid = 112 and objid = 1634494829 and objsubid = 1
       and granted and virtualtransaction = any (writers))
$$;
comment on function palimpsest.still_open(text[]) is
  'Whether one of the transactions that open_writers() listed has not ended yet';

--liquibase formatted sql
--changeset palimpsest:0013-hold-writers splitStatements:false
-- Who waits for this lock lets later writers wait behind it, so it gives up soon, and before
-- deadlock_timeout would end somebody's transaction.
create function palimpsest.hold_writers() returns boolean
  language plpgsql
  volatile
  set search_path = pg_catalog
  set lock_timeout = '200ms'
as $$
begin
  perform pg_advisory_xact_lock(482670831981);
  return true;
exception when lock_not_available then
  return false;
end
$$;
comment on function palimpsest.hold_writers() is
  'Waits until no other transaction has a stamp, and lets none have one to the end of this one; false if that took too long';

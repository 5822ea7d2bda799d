--liquibase formatted sql
--changeset palimpsest:0008-stamp splitStatements:false
-- The lock first, then the clock: a reader that sees no holder knows that every later stamp is later
-- than its own clock. The key is 'palim' in two 32-bit halves: see open_writers and still_open.
create function palimpsest.stamp() returns timestamp with time zone
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
begin
  perform pg_advisory_xact_lock_shared(482670831981);
  return clock_timestamp();
end
$$;
comment on function palimpsest.stamp() is
  'Takes the shared writers'' lock to the end of the transaction, then reads the clock: call once per transaction';

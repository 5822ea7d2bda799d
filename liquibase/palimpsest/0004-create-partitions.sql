--liquibase formatted sql
--changeset palimpsest:0004-create-partitions splitStatements:false
create function palimpsest.create_partitions(months_ahead integer) returns integer
  language plpgsql
  security definer
  set search_path = pg_catalog
  set timezone = 'UTC'
  set lock_timeout = '5s'
as $$
declare
  created integer := 0;
  first_day timestamp with time zone;
  name text;
begin
  if months_ahead not between 0 and 120 then
    raise exception 'months_ahead must be 0 to 120, was %', months_ahead;
  end if;
  perform pg_advisory_xact_lock(hashtext('palimpsest.create_partitions'));
  for first_day in
    select generate_series(date_trunc('month', now()),
                           date_trunc('month', now()) + make_interval(months => months_ahead),
                           interval '1 month')
  loop
    name := 'event_' || to_char(first_day, 'YYYY_MM');
    -- A month whose events already lie in the default partition stays there: nothing is moved.
    continue when to_regclass('palimpsest.' || name) is not null
      or exists (select from palimpsest.event_default
                 where time_created >= first_day and time_created < first_day + interval '1 month');
    -- Attaching lets writers go on; creating it as a partition would lock them out of the whole table.
    execute format('create table palimpsest.%I (like palimpsest.event including defaults including constraints)',
                   name);
    execute format('create trigger refuse_change before update or delete or truncate on palimpsest.%I '
                   'for each statement execute function palimpsest.refuse_change()', name);
    execute format('alter table palimpsest.%I enable always trigger refuse_change', name);
    execute format('alter table palimpsest.event attach partition palimpsest.%I for values from (%L) to (%L)',
                   name, first_day, first_day + interval '1 month');
    created := created + 1;
  end loop;
  return created;
end
$$;
revoke all on function palimpsest.create_partitions(integer) from public;
comment on function palimpsest.create_partitions(integer) is
  'Creates the missing monthly partitions of event from this month to so many months ahead; returns how many';

--liquibase formatted sql
--changeset palimpsest:0036-duration splitStatements:false
-- As java.time.Duration writes itself: hours, minutes and seconds bear the sign each.
create function palimpsest.duration(nanoseconds numeric) returns text
  language sql
  immutable
  strict
  parallel safe
  set search_path = pg_catalog
as $$
  select 'PT' || case when hours <> 0 then hours || 'H' else '' end
      || case when minutes <> 0 then minutes || 'M' else '' end
      || case when seconds <> 0 or nanos <> 0 or hours = 0 and minutes = 0
           then case when nanoseconds < 0 and seconds = 0 and nanos <> 0 then '-0' else seconds::text end
             || case when nanos <> 0 then '.' || rtrim(lpad(abs(nanos)::text, 9, '0'), '0') else '' end || 'S'
           else '' end
    from (select div(nanoseconds, 3600000000000), div(nanoseconds, 60000000000) % 60,
                 div(nanoseconds, 1000000000) % 60, trunc(nanoseconds) % 1000000000)
      as parts(hours, minutes, seconds, nanos)
$$;
comment on function palimpsest.duration(numeric) is 'ISO-8601 text of a number of nanoseconds';

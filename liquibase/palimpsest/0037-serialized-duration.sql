--liquibase formatted sql
--changeset palimpsest:0037-serialized-duration splitStatements:false
-- As an Instant (0014): EclipseLink 4 keeps a java.time.Duration as a Java serialization, 37 bytes
-- of names, the second, the nanosecond, an end mark.
create function palimpsest.serialized_duration(value bytea) returns text
  language sql
  immutable
  strict
  parallel safe
  set search_path = pg_catalog
as $$
  select palimpsest.duration(
      ('x' || encode(substring(value from 38 for 8), 'hex'))::bit(64)::bigint * 1000000000::numeric
      + ('x' || encode(substring(value from 46 for 4), 'hex'))::bit(32)::integer)
    where octet_length(value) = 50 and get_byte(value, 36) = 1
      and substring(value from 9 for 13) = 'java.time.Ser'::bytea
$$;
comment on function palimpsest.serialized_duration(bytea) is
  'ISO-8601 text of the duration of a Java serialization; null if it is none';

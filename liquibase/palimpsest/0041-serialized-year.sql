--liquibase formatted sql
--changeset palimpsest:0041-serialized-year splitStatements:false
-- As an Instant (0014): EclipseLink 4 keeps a java.time.Year as a Java serialization, 37 bytes of
-- names, the year, an end mark.
create function palimpsest.serialized_year(value bytea) returns integer
  language sql
  immutable
  strict
  parallel safe
as $$
  select ('x' || encode(substring(value from 38 for 4), 'hex'))::bit(32)::integer
    where octet_length(value) = 42
      and substring(value from 9 for 13) = 'java.time.Ser'::bytea
$$;
comment on function palimpsest.serialized_year(bytea) is
  'The year of a Java serialization; null if it is none';

--liquibase formatted sql
--changeset palimpsest:0014-serialized-instant splitStatements:false
-- EclipseLink 4 keeps a java.time.Instant as a Java serialization. Its form is fixed (javadoc,
-- "Serialized Form" of java.time.Ser): 37 bytes of names, the second, the nanosecond, an end mark.
create function palimpsest.serialized_instant(value bytea) returns text
  language sql
  immutable
  strict
  parallel safe
as $$
  select to_char(timestamp 'epoch'
      + (second / 86400)::integer * interval '1 day' + (second % 86400) * interval '1 second'
      + (nano + 500) / 1000 * interval '1 microsecond', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from (select ('x' || encode(substring(value from 38 for 8), 'hex'))::bit(64)::bigint,
                 ('x' || encode(substring(value from 46 for 4), 'hex'))::bit(32)::integer
           where octet_length(value) = 50
             and substring(value from 9 for 13) = 'java.time.Ser'::bytea) as parts(second, nano)
$$;
comment on function palimpsest.serialized_instant(bytea) is
  'The instant in UTC, microseconds rounded half up, of a Java serialization; null if it is none';

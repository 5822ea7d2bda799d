--liquibase formatted sql
--changeset palimpsest:0040-serialized-instant-nanoseconds splitStatements:false
-- The serialization keeps nanoseconds, so the recorded text does: 6 digits of a second, more if needed.
create or replace function palimpsest.serialized_instant(value bytea) returns text
  language sql
  immutable
  strict
  parallel safe
as $$
  select to_char(timestamp 'epoch'
        + (second / 86400)::integer * interval '1 day' + (second % 86400) * interval '1 second'
        + nano / 1000 * interval '1 microsecond', 'YYYY-MM-DD"T"HH24:MI:SS.US')
      || rtrim(lpad((nano % 1000)::text, 3, '0'), '0') || 'Z'
    from (select ('x' || encode(substring(value from 38 for 8), 'hex'))::bit(64)::bigint,
                 ('x' || encode(substring(value from 46 for 4), 'hex'))::bit(32)::integer
           where octet_length(value) = 50
             and substring(value from 9 for 13) = 'java.time.Ser'::bytea) as parts(second, nano)
$$;
comment on function palimpsest.serialized_instant(bytea) is
  'The instant in UTC, 6 to 9 digits of a second, of a Java serialization; null if it is none';

--liquibase formatted sql
--changeset palimpsest:0035-serialized-zoned-date-time splitStatements:false
-- As an Instant (0014): EclipseLink 4 keeps a java.time.ZonedDateTime as a Java serialization, 37
-- bytes of names, then year, month and day; hour, minute, second and nanosecond, of which those at
-- the end that are 0 are left out, the last of the others as its complement; the offset in quarters
-- of an hour, or 127 and its seconds; and an offset again (8) or the name of a region (7).
create function palimpsest.serialized_zoned_date_time(value bytea) returns text
  language plpgsql
  immutable
  strict
  parallel safe
  set search_path = pg_catalog
as $$
declare
  place integer := 43;
  year integer;
  part integer;
  parts integer[] := '{}';
  nano integer := 0;
  shift integer;
  region text := '';
begin
  if octet_length(value) < 48 or substring(value from 9 for 13) <> 'java.time.Ser'::bytea
      or get_byte(value, 36) <> 6 then
    return null;
  end if;
  year := ('x' || encode(substring(value from 38 for 4), 'hex'))::bit(32)::integer;
  loop
    part := get_byte(value, place);
    place := place + 1;
    parts := parts || case when part > 127 then 255 - part else part end;
    exit when part > 127 or cardinality(parts) = 3;
  end loop;
  if part <= 127 then
    nano := ('x' || encode(substring(value from place + 1 for 4), 'hex'))::bit(32)::integer;
    place := place + 4;
  end if;
  shift := get_byte(value, place);
  place := place + 1;
  if shift = 127 then
    shift := ('x' || encode(substring(value from place + 1 for 4), 'hex'))::bit(32)::integer;
    place := place + 4;
  else
    shift := (shift - case when shift > 127 then 256 else 0 end) * 900;
  end if;
  if get_byte(value, place) = 7 then
    region := '[' || convert_from(
      substring(value from place + 4 for get_byte(value, place + 1) * 256 + get_byte(value, place + 2)), 'UTF8') || ']';
  end if;
  return case when year < 0 then '-' when year > 9999 then '+' else '' end
    || lpad(abs(year)::text, greatest(4, length(abs(year)::text)), '0')
    || '-' || lpad(get_byte(value, 41)::text, 2, '0') || '-' || lpad(get_byte(value, 42)::text, 2, '0')
    || 'T' || lpad(parts[1]::text, 2, '0') || ':' || lpad(coalesce(parts[2], 0)::text, 2, '0')
    || ':' || lpad(coalesce(parts[3], 0)::text, 2, '0')
    || '.' || lpad((nano / 1000)::text, 6, '0') || rtrim(lpad((nano % 1000)::text, 3, '0'), '0')
    || case when shift = 0 then 'Z' else case when shift < 0 then '-' else '+' end
         || to_char(abs(shift) * interval '1 second', case when shift % 60 = 0 then 'HH24:MI' else 'HH24:MI:SS' end) end
    || region;
end
$$;
comment on function palimpsest.serialized_zoned_date_time(bytea) is
  'The date and time with offset and zone, 6 to 9 digits of a second, of a Java serialization; null if it is none';

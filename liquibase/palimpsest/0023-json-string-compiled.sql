--liquibase formatted sql
--changeset palimpsest:0023-json-string-compiled splitStatements:false
-- As 0012, in PL/pgSQL: a function in SQL that cannot be inlined is planned anew by every statement
-- that calls it, and started anew for every row.
create or replace function palimpsest.json_string(value text) returns text
  language plpgsql
  immutable
  parallel safe
as $$
begin
  if value !~ '[\u0001-\u001f\U00010000-\U0010ffff]' then
    return to_json(value)::text;
  end if;
  return (
    select '"' || string_agg(
             case when c in ('"', '\') then '\' || c
                  when ascii(c) < 32 then '\u' || lpad(to_hex(ascii(c)), 4, '0')
                  when ascii(c) > 65535 then '\u' || to_hex(55296 + (ascii(c) - 65536) / 1024)
                                          || '\u' || to_hex(56320 + (ascii(c) - 65536) % 1024)
                  else c end, '' order by n) || '"'
      from regexp_split_to_table(value, '') with ordinality as each(c, n));
end
$$;

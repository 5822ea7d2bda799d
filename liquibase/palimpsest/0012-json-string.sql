--liquibase formatted sql
--changeset palimpsest:0012-json-string splitStatements:false
-- to_json differs only for control characters, where it has short forms, and beyond U+FFFF.
create function palimpsest.json_string(value text) returns text
  language sql
  immutable
  parallel safe
as $$
  select case when value !~ '[\u0001-\u001f\U00010000-\U0010ffff]' then to_json(value)::text
    else (
      select '"' || string_agg(
               case when c in ('"', '\') then '\' || c
                    when ascii(c) < 32 then '\u' || lpad(to_hex(ascii(c)), 4, '0')
                    when ascii(c) > 65535 then '\u' || to_hex(55296 + (ascii(c) - 65536) / 1024)
                                            || '\u' || to_hex(56320 + (ascii(c) - 65536) % 1024)
                    else c end, '' order by n) || '"'
        from regexp_split_to_table(value, '') with ordinality as each(c, n)) end
$$;
comment on function palimpsest.json_string(text) is
  'A text as the JSON string that the application writes, character for character; null for null';

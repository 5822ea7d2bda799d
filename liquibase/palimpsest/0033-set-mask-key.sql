--liquibase formatted sql
--changeset palimpsest:0033-set-mask-key splitStatements:false
create function palimpsest.set_mask_key(key text) returns void
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
declare
  bytes bytea := convert_to(key, 'UTF8');
begin
  if octet_length(bytes) < 32 then
    raise exception 'the key of masked attributes must have at least 32 bytes, has %', octet_length(bytes);
  end if;
  if octet_length(bytes) > 64 then
    bytes := sha256(bytes);
  end if;
  insert into palimpsest.mask_key (inner_pad, outer_pad)
    select string_agg(set_byte('\x00', 0, byte # 54), '' order by i),
           string_agg(set_byte('\x00', 0, byte # 92), '' order by i)
      from (select i, case when i < octet_length(bytes) then get_byte(bytes, i) else 0 end
              from generate_series(0, 63) i) padded(i, byte)
    on conflict (id) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad;
end
$$;
revoke all on function palimpsest.set_mask_key(text) from public;
comment on function palimpsest.set_mask_key(text) is
  'Sets the key of masked attributes, the same as the application''s; for the owner';

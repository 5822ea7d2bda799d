--liquibase formatted sql
--changeset palimpsest:0034-fingerprint splitStatements:false
create function palimpsest.fingerprint(value text) returns text
  language plpgsql
  stable
  strict
  parallel safe
  security definer
  set search_path = pg_catalog
as $$
declare
  key palimpsest.mask_key;
begin
  select * into key from palimpsest.mask_key;
  if not found then
    raise exception 'there is no key of masked attributes: see palimpsest.set_mask_key'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  return '"hmac-sha256:' || encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(
    case when value ~ '^-?[0-9]' then trim_scale(value::numeric)::text else value end,
    'UTF8'))), 'hex') || '"';
end
$$;
revoke all on function palimpsest.fingerprint(text) from public;
comment on function palimpsest.fingerprint(text) is
  'The JSON string that events hold in place of a masked attribute''s JSON text; null for null';

--liquibase formatted sql
--changeset palimpsest:0025-fold-compiled splitStatements:false
-- As 0022, in PL/pgSQL, as 0023.
create or replace function palimpsest.fold_next(state jsonb, operation text, body jsonb) returns jsonb
  language plpgsql
  immutable
  parallel safe
as $$
begin
  return case when operation = 'update' then coalesce(state, '{}') || body else body end;
end
$$;

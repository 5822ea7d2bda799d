--liquibase formatted sql
--changeset palimpsest:0022-fold splitStatements:false
create function palimpsest.fold_next(state jsonb, operation text, body jsonb) returns jsonb
  language sql
  immutable
  parallel safe
as $$
  select case when operation = 'update' then coalesce(state, '{}') || body else body end
$$;
create aggregate palimpsest.fold(operation text, body jsonb) (sfunc = palimpsest.fold_next, stype = jsonb);
comment on aggregate palimpsest.fold(text, jsonb) is
  'What changes of one object, in the order of their positions and without domain events, come to';

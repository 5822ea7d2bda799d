--liquibase formatted sql
--changeset palimpsest:0017-act splitStatements:false
create function palimpsest.act(actor text, reason text default null, correlation_id text default null) returns void
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
begin
  perform set_config('palimpsest.actor', coalesce(actor, ''), true),
          set_config('palimpsest.reason', coalesce(reason, ''), true),
          set_config('palimpsest.correlation_id', coalesce(correlation_id, ''), true);
end
$$;
comment on function palimpsest.act(text, text, text) is
  'Says for the rest of the transaction who changes rows past JPA, why and for which request; who is believed of roles that may append events';

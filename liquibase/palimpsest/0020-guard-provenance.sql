--liquibase formatted sql
--changeset palimpsest:0020-guard-provenance splitStatements:false
-- As the captured events of this transaction say, else as the transaction said, else the login.
create function palimpsest.guard_provenance(out actor text, out reason text, out correlation_id text)
  language plpgsql
  volatile
  set search_path = pg_catalog
as $$
declare
  captured palimpsest.event := palimpsest.last_event();
begin
  if captured.actor is not null then
    actor := captured.actor;
    reason := captured.reason;
    correlation_id := captured.correlation_id;
    return;
  end if;
  if has_table_privilege(session_user, 'palimpsest.event', 'insert') then
    actor := nullif(current_setting('palimpsest.actor', true), '');
  end if;
  actor := coalesce(actor, 'database:' || session_user);
  reason := nullif(current_setting('palimpsest.reason', true), '');
  correlation_id := nullif(current_setting('palimpsest.correlation_id', true), '');
end
$$;
comment on function palimpsest.guard_provenance() is
  'Who, why and for which request this transaction changes rows';

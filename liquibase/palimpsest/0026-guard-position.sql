--liquibase formatted sql
--changeset palimpsest:0026-guard-position
alter table palimpsest.guard_transaction add column position bigint not null default 0;
comment on column palimpsest.guard_transaction.position is
  'No event of this transaction that accounts for a change has a lower one: it was the last drawn when the first row changed, 0 if events came before';

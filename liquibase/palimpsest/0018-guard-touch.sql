--liquibase formatted sql
--changeset palimpsest:0018-guard-touch
create unlogged table palimpsest.guard_touch (
  transaction_id xid8 not null default pg_current_xact_id(),
  family text not null,
  key text[] not null,
  attributes text[]
);
create index ix_guard_touch on palimpsest.guard_touch (transaction_id, family);
create unlogged table palimpsest.guard_transaction (
  transaction_id xid8 not null default pg_current_xact_id() constraint pk_guard_transaction primary key
);
comment on table palimpsest.guard_touch is 'Objects whose rows the running transaction has changed; empty but for running transactions';
comment on column palimpsest.guard_touch.family is 'Table whose primary key the key is';
comment on column palimpsest.guard_touch.attributes is 'Attributes whose columns changed; null: the row came or went';
comment on table palimpsest.guard_transaction is 'Running transactions that have changed rows: its deferred trigger looks at each before its commit';

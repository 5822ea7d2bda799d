--liquibase formatted sql
--changeset palimpsest:0006-snapshot
create table palimpsest.snapshot (
  content_type_id integer not null
    constraint fk_snapshot_content_type references palimpsest.content_type,
  object_id text collate "C" not null,
  event_id bigint not null,
  time_created timestamp(6) with time zone not null,
  schema_version integer not null,
  state jsonb not null constraint ck_snapshot_state check (jsonb_typeof(state) = 'object'),
  constraint pk_snapshot primary key (content_type_id, object_id, event_id)
);
comment on table palimpsest.snapshot is 'Stored states that save replay; deleting every row loses nothing';
comment on column palimpsest.snapshot.event_id is 'Position up to which the stream is folded into the state';
comment on column palimpsest.snapshot.time_created is 'Latest time created of the events folded in: usable as of this instant and later';

--liquibase formatted sql
--changeset palimpsest:0061-projection-snapshot
create table palimpsest.projection_snapshot (
  id bigint generated always as identity constraint pk_projection_snapshot primary key,
  content_type_id integer not null
    constraint fk_projection_snapshot_content_type references palimpsest.content_type,
  object_id text collate "C" not null,
  name text not null,
  version integer not null constraint ck_projection_snapshot_version check (version > 0),
  event_id bigint not null,
  time_created timestamp(6) with time zone not null,
  events bigint not null constraint ck_projection_snapshot_events check (events > 0),
  value jsonb not null
);
create index ix_projection_snapshot
  on palimpsest.projection_snapshot (content_type_id, object_id, name, version, event_id);
comment on table palimpsest.projection_snapshot is
  'Values of projections that save folding; deleting every row loses nothing. Two of the same do no harm';
comment on column palimpsest.projection_snapshot.event_id is 'Position of the last domain event folded in';
comment on column palimpsest.projection_snapshot.time_created is 'Latest time created of the events folded in';
comment on column palimpsest.projection_snapshot.events is
  'How many events are folded in: if the stream has others up to the position, the value is of no use';

--liquibase formatted sql
--changeset palimpsest:0007-snapshot-progress
create table palimpsest.snapshot_progress (
  id boolean not null default true constraint pk_snapshot_progress primary key
    constraint ck_snapshot_progress_single check (id),
  event_id bigint not null
);
insert into palimpsest.snapshot_progress (event_id) values (0);
comment on table palimpsest.snapshot_progress is 'One row: the position up to which the snapshot timer has looked for due objects';

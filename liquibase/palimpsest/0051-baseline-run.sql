--liquibase formatted sql
--changeset palimpsest:0051-baseline-run
create table palimpsest.baseline_run (
  content_type_id integer not null constraint pk_baseline_run primary key
    constraint fk_baseline_run_content_type references palimpsest.content_type,
  began_at timestamp(6) with time zone not null default clock_timestamp(),
  finished_at timestamp(6) with time zone
);
comment on table palimpsest.baseline_run is
  'Types whose baseline was begun at a start of the application; not finished: the next start goes on';

--liquibase formatted sql
--changeset palimpsest:0069-job
create table palimpsest.job (
  id uuid not null constraint pk_job primary key,
  kind text not null constraint ck_job_kind check (kind in ('restore', 'undo')),
  target text not null,
  request json not null,
  reason text not null,
  correlation_id text,
  started_by text not null,
  actor text not null,
  state text not null default 'queued'
    constraint ck_job_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempt integer not null default 0,
  cancel_requested boolean not null default false,
  phase text constraint ck_job_phase check (phase in ('removing', 'restoring', 'completing')),
  done bigint not null default 0,
  total bigint,
  created_at timestamp(6) with time zone not null default clock_timestamp(),
  started_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  result json,
  problem json,
  constraint ck_job_ended check ((ended_at is not null) = (state in ('done', 'failed', 'cancelled')))
);
create index ix_job_created on palimpsest.job (created_at, id);
comment on table palimpsest.job is
  'Restores and undos that run in the background; a running one holds an advisory lock, without it its server died';
comment on column palimpsest.job.target is 'The content type, or the number of the transaction to undo';
comment on column palimpsest.job.request is 'The body of the request: what a resumed job does again';
comment on column palimpsest.job.started_by is 'Who may see, cancel and resume it, beside administrators';
comment on column palimpsest.job.actor is 'Who runs it: whoever started or resumed it last';
comment on column palimpsest.job.attempt is 'How often it began; an older attempt says nothing any more';
comment on column palimpsest.job.done is 'Objects looked at';
comment on column palimpsest.job.total is 'Objects to look at, at most; null while unknown';
comment on column palimpsest.job.result is 'The answer, written by the transaction that restored';
comment on column palimpsest.job.problem is 'Why it failed (RFC 9457)';

--liquibase formatted sql
--changeset palimpsest:0002-event splitStatements:true endDelimiter:;
create sequence palimpsest.event_id as bigint cache 1;

create table palimpsest.event (
  id bigint not null default nextval('palimpsest.event_id'),
  content_type_id integer not null
    constraint fk_event_content_type references palimpsest.content_type,
  object_id text collate "C" not null,
  operation text not null
    constraint ck_event_operation check (operation in ('persist', 'update', 'remove', 'domain', 'baseline')),
  type text,
  source text not null
    constraint ck_event_source check (source in ('jpa', 'application', 'database')),
  time_created timestamp(6) with time zone not null,
  transaction_id bigint not null,
  actor text not null constraint ck_event_actor check (actor <> ''),
  reason text,
  correlation_id text,
  schema_version integer not null constraint ck_event_schema_version check (schema_version >= 1),
  body jsonb not null constraint ck_event_body check (jsonb_typeof(body) = 'object'),
  constraint pk_event primary key (id, time_created),
  constraint ck_event_type check ((operation = 'domain') = (type is not null)),
  constraint ck_event_remove check (operation <> 'remove' or body = '{}')
) partition by range (time_created);

create table palimpsest.event_default partition of palimpsest.event default;

create index ix_event_stream on palimpsest.event (content_type_id, object_id, id);
create index ix_event_time on palimpsest.event using brin (time_created, transaction_id);

alter sequence palimpsest.event_id owned by palimpsest.event.id;

comment on table palimpsest.event is 'Every captured change and every domain event, append-only, partitioned by month';
comment on column palimpsest.event.id is 'Position: grows, may have gaps; the order of a stream';
comment on column palimpsest.event.object_id is 'Primary key in canonical text: the plain value, or a JSON object with sorted keys';
comment on column palimpsest.event.operation is 'persist, update, remove, domain or baseline';
comment on column palimpsest.event.type is 'Name of a domain event, else null';
comment on column palimpsest.event.source is 'Who saw the change: jpa (listener), application (domain event), database (trigger)';
comment on column palimpsest.event.time_created is 'Stamp of the transaction by the database clock, taken under the lock of palimpsest.stamp()';
comment on column palimpsest.event.transaction_id is 'pg_current_xact_id() of the transaction';
comment on column palimpsest.event.actor is 'Who';
comment on column palimpsest.event.reason is 'Why';
comment on column palimpsest.event.correlation_id is 'Which request: the trace id of W3C traceparent';
comment on column palimpsest.event.schema_version is 'Version of the entity class that wrote the body';
comment on column palimpsest.event.body is 'persist, baseline: full state; update: changed attributes, new values; remove: {}; domain: what the application gave';

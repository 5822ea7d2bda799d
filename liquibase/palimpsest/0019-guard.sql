--liquibase formatted sql
--changeset palimpsest:0019-guard
create table palimpsest.guard (
  content_type_id integer not null constraint pk_guard primary key
    constraint fk_guard_content_type references palimpsest.content_type,
  family text not null,
  has_collections boolean not null
);
comment on table palimpsest.guard is 'Content types whose tables have triggers';
comment on column palimpsest.guard.has_collections is 'Whether attributes lie in other tables than the object''s row, which has to be locked then';

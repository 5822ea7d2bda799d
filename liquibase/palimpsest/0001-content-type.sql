--liquibase formatted sql
--changeset palimpsest:0001-content-type
create table palimpsest.content_type (
  id integer generated always as identity constraint pk_content_type primary key,
  name text not null constraint uq_content_type_name unique
    constraint ck_content_type_name check (name <> ''),
  entity_class text not null,
  id_shape jsonb not null,
  created_at timestamp(6) with time zone not null default clock_timestamp()
);
comment on table palimpsest.content_type is 'Stable logical names of entity kinds, independent of their class names';
comment on column palimpsest.content_type.name is 'Appears in paths and events; default: the JPA entity name';
comment on column palimpsest.content_type.entity_class is 'Class that first used the name';
comment on column palimpsest.content_type.id_shape is 'Attribute name -> Java type of the identifier';

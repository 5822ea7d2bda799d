--liquibase formatted sql
--changeset palimpsest:0030-formerly splitStatements:true endDelimiter:;
alter table palimpsest.content_type add column formerly text[] not null default '{}';
comment on column palimpsest.content_type.formerly is
  'Names it had before: nodes that still run the older class go on writing under them';

create view palimpsest.content_type_name (name, id) as
  select name, id from palimpsest.content_type
  union all
  select unnest(formerly), id from palimpsest.content_type;
comment on view palimpsest.content_type_name is 'Every name that a content type has or had';

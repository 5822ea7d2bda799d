--liquibase formatted sql
--changeset palimpsest:0050-stateless splitStatements:false
-- A function, so that the plan over all partitions is made once for each connection and not at every
-- commit; of arrays, so that the partitions are opened once. A subquery and not a join: one index
-- probe for each object, whatever the planner believes of a table that was never analysed.
create function palimpsest.stateless(content_types integer[], object_ids text[]) returns bigint[]
  language plpgsql
  stable
  set search_path = pg_catalog
  set plan_cache_mode = force_generic_plan
as $$
declare
  found_ordinals bigint[];
begin
  select array_agg(n.ordinal order by n.ordinal) into found_ordinals
    from unnest(content_types, object_ids) with ordinality as n(content_type_id, object_id, ordinal)
   where (select e.id from palimpsest.event e
           where e.content_type_id = n.content_type_id and e.object_id = n.object_id collate "C"
             and e.operation in ('persist', 'baseline')
           order by e.id limit 1) is null;
  return found_ordinals;
end
$$;
comment on function palimpsest.stateless(integer[], text[]) is
  'Which of these streams, counted from 1, have no event with a full state; null for none';

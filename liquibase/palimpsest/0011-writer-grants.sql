--liquibase formatted sql
--changeset palimpsest:0011-writer-grants runOnChange:true
grant usage on schema palimpsest to "${writer}";
grant select, insert on palimpsest.content_type, palimpsest.event to "${writer}";
grant usage on sequence palimpsest.event_id to "${writer}";
grant select, insert, delete on palimpsest.snapshot to "${writer}";
grant select, update on palimpsest.snapshot_progress to "${writer}";
grant execute on function palimpsest.create_partitions(integer) to "${writer}";

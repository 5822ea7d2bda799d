--liquibase formatted sql
--changeset palimpsest:0062-projection-snapshot-grants runOnChange:true
grant select, insert, delete on palimpsest.projection_snapshot to "${writer}";

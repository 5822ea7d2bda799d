--liquibase formatted sql
--changeset palimpsest:0052-baseline-run-grants runOnChange:true
grant select, insert, update on palimpsest.baseline_run to "${writer}";

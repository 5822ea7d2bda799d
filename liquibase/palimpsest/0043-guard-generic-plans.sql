--liquibase formatted sql
--changeset palimpsest:0043-guard-generic-plans
-- Of the functions that it calls too: a plan for one stamp's partition costs more than it saves.
alter function palimpsest.guard_commit() set plan_cache_mode = force_generic_plan;

--liquibase formatted sql
--changeset palimpsest:0027-guard-commit-private
-- Who may call a trigger function can attach it to a table; firing needs no privilege.
revoke all on function palimpsest.guard_commit() from public;
alter function palimpsest.guard_commit() set search_path = pg_catalog, pg_temp;

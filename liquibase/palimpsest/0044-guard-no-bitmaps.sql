--liquibase formatted sql
--changeset palimpsest:0044-guard-no-bitmaps
-- A bitmap of the index of stamps is read anew, whole, for each touched object.
alter function palimpsest.guard_commit() set enable_bitmapscan = off;

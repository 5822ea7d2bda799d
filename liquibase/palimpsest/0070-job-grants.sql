--liquibase formatted sql
--changeset palimpsest:0070-job-grants runOnChange:true
grant select, insert, update, delete on palimpsest.job to "${writer}";

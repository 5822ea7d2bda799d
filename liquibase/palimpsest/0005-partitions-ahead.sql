--liquibase formatted sql
--changeset palimpsest:0005-partitions-ahead runAlways:true
select palimpsest.create_partitions(3);

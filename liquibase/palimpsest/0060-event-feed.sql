--liquibase formatted sql
--changeset palimpsest:0060-event-feed
create index ix_event_feed on palimpsest.event (time_created, id);
comment on index palimpsest.ix_event_feed is 'The order of the feed: a page starts at its cursor';

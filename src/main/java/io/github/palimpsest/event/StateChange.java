package io.github.palimpsest.event;

import java.time.Instant;

/**
 * An event that changed the state of its object, without its body: any but a domain event.
 *
 * @param position of the event
 * @param timeCreated commit-ordered instant of the transaction, microseconds
 * @param transaction number of the database transaction; all its events share it
 */
public record StateChange(long position, Instant timeCreated, long transaction) {}

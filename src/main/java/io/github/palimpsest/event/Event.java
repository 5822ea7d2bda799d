package io.github.palimpsest.event;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One captured change or one named domain event; immutable.
 *
 * @param position grows, may have gaps; the order of a stream
 * @param timeCreated commit-ordered instant of the transaction, microseconds
 * @param transaction number of the database transaction; all its events share it
 * @param stream whose event
 * @param operation what happened
 * @param name the domain event's type, else null
 * @param source {@code jpa}, {@code application} or {@code database}
 * @param provenance who, why, which request
 * @param schemaVersion version of the entity class that wrote the body, from 1
 * @param body persist, baseline: the full state; update: the changed attributes; remove: empty;
 *     domain: what the application gave
 */
public record Event(
    long position,
    Instant timeCreated,
    long transaction,
    StreamId stream,
    Operation operation,
    @Nullable String name,
    String source,
    Provenance provenance,
    int schemaVersion,
    JsonObject body) {}

package io.github.palimpsest.event;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A stored state that saves replay; losing it loses nothing.
 *
 * @param stream whose state
 * @param position the events up to here, inclusive, are folded in
 * @param timeCreated the latest time created among them: of use as of this instant and later
 * @param schemaVersion version of the entity class that wrote the state, from 1
 * @param state attribute to value
 */
public record Snapshot(
    StreamId stream, long position, Instant timeCreated, int schemaVersion, JsonObject state) {}

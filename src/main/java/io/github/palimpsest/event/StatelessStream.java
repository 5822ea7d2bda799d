package io.github.palimpsest.event;

/**
 * A stream whose first event that was put aside is an update, and which has no full state.
 *
 * @param number counts them, from 1
 * @param stream which
 * @param schemaVersion of the update
 */
public record StatelessStream(long number, StreamId stream, int schemaVersion) {}

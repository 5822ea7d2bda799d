package io.github.palimpsest.event;

/**
 * An object that a transaction changed.
 *
 * @param first position of the first event in it that changed the object
 * @param last position of the last one
 */
public record TouchedStream(StreamId stream, long first, long last) {}

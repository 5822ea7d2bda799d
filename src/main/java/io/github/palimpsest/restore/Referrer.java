package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;

/**
 * A live entity that refers to another one.
 *
 * @param attribute with which it does
 */
public record Referrer(StreamId stream, String attribute) {}

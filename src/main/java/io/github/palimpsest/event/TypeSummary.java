package io.github.palimpsest.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one content type.
 *
 * @param name the content type
 * @param objects number of streams
 * @param events number of events
 * @param first time created of the first event, or null while there is none
 * @param last time created of the last event, or null while there is none
 */
public record TypeSummary(
    String name, long objects, long events, @Nullable Instant first, @Nullable Instant last) {}

package io.github.palimpsest.event;

import jakarta.json.JsonValue;
import java.time.Instant;

/**
 * A projection's value after some domain events of one object.
 *
 * @param position of the last of them
 * @param timeCreated the latest time created among them
 * @param events how many they are
 * @param value as the projection writes it
 */
public record ProjectedValue(long position, Instant timeCreated, long events, JsonValue value) {}

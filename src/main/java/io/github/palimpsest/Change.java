package io.github.palimpsest;

import jakarta.json.JsonValue;

/**
 * One attribute's change.
 *
 * @param attribute its name
 * @param before its value before; JSON null if it had none
 * @param after its value after; JSON null if it has none
 */
public record Change(String attribute, JsonValue before, JsonValue after) {}

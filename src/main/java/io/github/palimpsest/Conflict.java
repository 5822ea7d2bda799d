package io.github.palimpsest;

import org.jspecify.annotations.Nullable;

/**
 * Why something was left as it is.
 *
 * @param contentType of the object
 * @param objectId of the object
 * @param attribute the attribute; null if it is about the whole object
 * @param detail a sentence with ids and names, never values
 */
public record Conflict(
    String contentType, String objectId, @Nullable String attribute, String detail) {}

package io.github.palimpsest.state;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a statement leaves in the columns of an embeddable some of which it does not write: {@code
 * insertable = false}, {@code updatable = false} (Jakarta Persistence 3.1 §11.1.9).
 *
 * @param codec of the embeddable
 * @param isWritten whether the statement writes an attribute of it
 */
record PartlyWritten(EmbeddableCodec codec, Predicate<Attribute> isWritten) {
  /** Returns whether some attribute is not written. */
  boolean isAny() {
    return codec.attributes().stream()
        .anyMatch(
            part ->
                !isWritten.test(part)
                    || (part.codec() instanceof EmbeddableCodec inner && of(inner).isAny()));
  }

  /**
   * Returns what is there after the statement.
   *
   * @param before what was there, null for nothing
   * @param value what the entity has
   */
  JsonValue after(JsonValue before, JsonValue value) {
    if (value == JsonValue.NULL && codec.isClearedWhole()) {
      return value;
    }
    Map<String, JsonValue> parts = new TreeMap<>();
    for (Attribute part : codec.attributes()) {
      JsonValue old = part(before, part.name());
      JsonValue now = part(value, part.name());
      if (part.codec() instanceof EmbeddableCodec inner) {
        parts.put(part.name(), of(inner).after(old, now));
      } else {
        parts.put(part.name(), isWritten.test(part) ? now : old);
      }
    }
    boolean isEmpty = parts.values().stream().allMatch(JsonValue.NULL::equals);
    return isEmpty && (value == JsonValue.NULL || codec.isNullWhenEmpty())
        ? JsonValue.NULL
        : JsonText.object(parts);
  }

  private PartlyWritten of(EmbeddableCodec inner) {
    return new PartlyWritten(inner, isWritten);
  }

  private static JsonValue part(JsonValue whole, String name) {
    return whole instanceof JsonObject object
        ? object.getOrDefault(name, JsonValue.NULL)
        : JsonValue.NULL;
  }
}

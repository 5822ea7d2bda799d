package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Writes one kind of attribute value as JSON and reads it back. Safe for threads. */
public interface ValueCodec {
  /**
   * Appends {@code value} as JSON; null as {@code null}.
   *
   * @throws UnassignedIdException if a referenced entity has no id yet: ask again later
   * @throws IllegalArgumentException if the value cannot be written; the message holds no value
   */
  void write(@Nullable Object value, StringBuilder json);

  /**
   * Returns the value that {@code json} stands for.
   *
   * @param references turns references into entities
   * @throws IllegalArgumentException if the JSON does not fit; the message holds no value
   */
  @Nullable Object read(JsonValue json, References references);
}

package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One audited attribute of an entity or embeddable.
 *
 * @param name as in the entity class
 * @param codec how its value is written
 * @param accessor how it is reached
 * @param isVersion whether it is the optimistic lock: its change alone is no change
 */
public record Attribute(String name, ValueCodec codec, Accessor accessor, boolean isVersion) {
  /**
   * Returns the refusal of an attribute whose values cannot be written or read back.
   *
   * @param mapping what the JPA provider calls its kind
   */
  public static IllegalArgumentException unsupported(String name, Class<?> owner, String mapping) {
    return new IllegalArgumentException(
        "attribute %s of %s has a mapping whose history cannot be kept (%s); annotate it with"
                .formatted(name, owner.getName(), mapping)
            + " @NotAudited");
  }

  /**
   * Returns the value that {@code owner} has now, as JSON text.
   *
   * @throws UnassignedIdException if it refers to an entity that has no id yet
   */
  public String text(Object owner) {
    return textOf(accessor.get(owner));
  }

  /** Returns {@code value}, a value this attribute could have, as JSON text. */
  public String textOf(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    codec.write(value, json);
    return json.toString();
  }

  /** Returns whether its values lie in a table of their own, not in the entity's row. */
  public boolean isStoredBesideTheRow() {
    return codec instanceof CollectionCodec || codec instanceof MapCodec;
  }

  /** Sets the value that {@code json} stands for on an instance that is not managed. */
  public void set(Object owner, JsonValue json, References references) {
    accessor.set(owner, codec.read(json, references));
  }
}

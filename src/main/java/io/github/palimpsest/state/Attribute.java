package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One audited attribute of an entity or embeddable.
 *
 * @param name as in the entity class
 * @param codec how its value is written
 * @param accessor how it is reached
 * @param isVersion whether it is the optimistic lock: its change alone is no change
 * @param isInsertable whether a new entity's row holds what the entity has
 * @param isUpdatable whether a change of it is stored
 */
public record Attribute(
    String name,
    ValueCodec codec,
    Accessor accessor,
    boolean isVersion,
    boolean isInsertable,
    boolean isUpdatable) {
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

  /** Returns the JSON text of what an insert of {@code owner} stores. */
  public String insertedText(Object owner) {
    return isInsertable ? written(Attribute::isInsertable, "null", text(owner)) : textOf(null);
  }

  /**
   * Returns the JSON text of what an update stores.
   *
   * @param before what is stored
   * @param after what the entity has
   */
  public String updatedText(String before, String after) {
    return isUpdatable ? written(Attribute::isUpdatable, before, after) : before;
  }

  /** Returns whether an update stores whatever the entity has. */
  public boolean isUpdatedWhole() {
    return isUpdatable
        && !(codec instanceof EmbeddableCodec embeddable
            && new PartlyWritten(embeddable, Attribute::isUpdatable).isAny());
  }

  /** Returns whether an insert of {@code owner} stores all that it has. */
  public boolean isInsertedWhole(Object owner) {
    return insertedText(owner).equals(text(owner));
  }

  private String written(Predicate<Attribute> isWritten, String before, String after) {
    if (codec instanceof EmbeddableCodec embeddable) {
      PartlyWritten written = new PartlyWritten(embeddable, isWritten);
      if (written.isAny()) {
        return written.after(JsonText.parse(before), JsonText.parse(after)).toString();
      }
    }
    return after;
  }

  /** Returns how its value would be written if it were not masked. */
  public ValueCodec plainCodec() {
    return codec instanceof MaskedCodec masked ? masked.plain() : codec;
  }

  /** Returns whether it is an embeddable that has such an attribute. */
  public boolean hasPartBesideTheRow() {
    return codec instanceof EmbeddableCodec embeddable
        && embeddable.attributes().stream()
            .anyMatch(each -> each.isStoredBesideTheRow() || each.hasPartBesideTheRow());
  }

  /** Returns whether its values lie in a table of their own, not in the entity's row. */
  public boolean isStoredBesideTheRow() {
    ValueCodec plain = plainCodec();
    return plain instanceof CollectionCodec
        || (plain instanceof ArrayCodec array && array.isBesideTheRow())
        || plain instanceof MapCodec
        || plain instanceof KeyedCodec;
  }

  /** Returns whether its value is a single one that refers to nothing. */
  public boolean isBasic() {
    return plainCodec() instanceof BasicCodec;
  }

  /** Returns whether its values are a collection in an order that the database keeps. */
  public boolean isOrdered() {
    ValueCodec plain = plainCodec();
    return plain instanceof CollectionCodec collection
        ? collection.isOrdered()
        : plain instanceof ArrayCodec array && array.elements().isOrdered();
  }

  /**
   * Sets the value that {@code json} stands for on an instance that is not managed; a masked
   * attribute keeps what it has.
   */
  public void set(Object owner, JsonValue json, References references) {
    if (!(codec instanceof MaskedCodec)) {
      accessor.set(owner, codec.read(json, references));
    }
  }

  /**
   * Returns the paths to what is masked: its own name, those of parts of an embeddable, or its own
   * name if elements have masked parts.
   */
  public List<String> maskedPaths() {
    if (codec instanceof EmbeddableCodec embeddable) {
      return embeddable.attributes().stream()
          .flatMap(part -> part.maskedPaths().stream())
          .map(path -> name + "." + path)
          .toList();
    }
    return isMasked(codec) ? List.of(name) : List.of();
  }

  private static boolean isMasked(ValueCodec codec) {
    if (codec instanceof EmbeddableCodec embeddable) {
      return embeddable.attributes().stream().anyMatch(part -> isMasked(part.codec()));
    }
    if (codec instanceof CollectionCodec collection) {
      return isMasked(collection.element());
    }
    if (codec instanceof ArrayCodec array) {
      return isMasked(array.elements());
    }
    return codec instanceof MaskedCodec
        || (codec instanceof MapCodec map && (isMasked(map.key()) || isMasked(map.value())));
  }

  /** Gives {@code restored}, which is not managed, what {@code live} has where it is masked. */
  void keepMasked(Object live, Object restored) {
    if (codec instanceof EmbeddableCodec embeddable) {
      Object from = accessor.get(live);
      Object to = accessor.get(restored);
      if (from != null && to != null) {
        embeddable.attributes().forEach(part -> part.keepMasked(from, to));
      }
    } else if (isMasked(codec)) {
      accessor.set(restored, accessor.get(live));
    }
  }
}

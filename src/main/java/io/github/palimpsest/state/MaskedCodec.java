package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A masked value: its fingerprint, which nothing leads back from; null stays null. */
public final class MaskedCodec implements ValueCodec {
  private final ValueCodec plain;
  private final MaskKey key;

  MaskedCodec(ValueCodec plain, MaskKey key) {
    this.plain = plain;
    this.key = key;
  }

  /**
   * Returns the codec of an attribute: {@code plain} unless it is masked.
   *
   * @param owner entity or embeddable class
   * @param property the key, if the persistence unit has it as a property
   * @throws IllegalArgumentException if it is masked and there is no key
   */
  public static ValueCodec of(
      ValueCodec plain,
      Member member,
      Class<?> owner,
      String attribute,
      @Nullable Object property) {
    if (!member.isMasked()) {
      return plain;
    }
    try {
      return new MaskedCodec(plain, MaskKey.configured(property));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "attribute %s of %s is @Masked: %s".formatted(attribute, owner.getName(), e.getMessage()),
          e);
    }
  }

  /** Returns the name of the property that holds the key. */
  public static String keyProperty() {
    return MaskKey.NAME;
  }

  /** Returns what would be written if it were not masked. */
  ValueCodec plain() {
    return plain;
  }

  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    StringBuilder text = new StringBuilder();
    plain.write(value, text);
    json.append(text.toString().equals("null") ? text : key.fingerprint(text.toString()));
  }

  @Override
  public Object read(JsonValue json, References references) {
    throw new IllegalArgumentException("a masked value cannot be read back");
  }
}

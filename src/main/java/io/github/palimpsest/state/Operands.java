package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;

/** Values that a query compares with, in their stored form. */
@SuppressWarnings("JavaUtilDate") // entities may have such attributes
public final class Operands {
  private static final String AN_INSTANT = "2026-01-01T00:00:00.000000Z";
  private static final String A_TEXT = "any text";

  private Operands() {}

  /**
   * Returns {@code value} as the attribute's values are stored. A number is left as exact as it is,
   * whatever the attribute's type and scale; a reference may be given as an entity or a key.
   *
   * @throws IllegalArgumentException if the attribute cannot have such a value
   */
  public static JsonValue of(ValueCodec codec, Object value) {
    return JsonText.parse(text(codec, value));
  }

  /** Returns {@code value} as it is stored in the body of a domain event. */
  public static JsonValue ofDomainEvent(Object value) {
    return JsonText.parse(DomainEventBody.object(Map.of("value", value)))
        .asJsonObject()
        .getOrDefault("value", JsonValue.NULL);
  }

  /** Returns whether the attribute's values are instants. */
  public static boolean areInstants(ValueCodec codec) {
    if (!(codec instanceof BasicCodec basic)) {
      return false;
    }
    try {
      return isInstant(basic.parse(AN_INSTANT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether the attribute's values may be any text. */
  public static boolean areTexts(ValueCodec codec) {
    if (codec instanceof ConvertedCodec converted) {
      return areTexts(converted.column());
    }
    if (!(codec instanceof BasicCodec basic) || !basic.quoted()) {
      return false;
    }
    try {
      return basic.plain().apply(basic.parse(A_TEXT)).equals(A_TEXT);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether it is stored as an instant. */
  public static boolean isInstant(Object value) {
    return value instanceof Instant
        || value instanceof OffsetDateTime
        || value instanceof ZonedDateTime
        || value instanceof Calendar
        || value.getClass() == Date.class;
  }

  static String text(ValueCodec codec, Object value) {
    if (value instanceof Number number && codec instanceof BasicCodec basic && !basic.quoted()) {
      return number(number, basic);
    }
    if (codec instanceof ReferenceCodec reference && !reference.target().isInstance(value)) {
      return reference.identifiers().apply(reference.target()).referenceTo(value);
    }
    StringBuilder json = new StringBuilder();
    try {
      codec.write(value, json);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "it is not compared with a " + value.getClass().getName(), e);
    }
    return json.toString();
  }

  /** NaN and the infinities are text. */
  private static String number(Number number, BasicCodec codec) {
    boolean isFloating = number instanceof Double || number instanceof Float;
    if (!isFloating || Double.isFinite(number.doubleValue())) {
      return new BigDecimal(number.toString()).toPlainString();
    }
    StringBuilder json = new StringBuilder();
    codec.write(number, json);
    return json.toString();
  }
}

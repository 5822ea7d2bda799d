package io.github.palimpsest.state;

import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is one JSON string, number or boolean.
 *
 * @param plain value to text without quotes
 * @param quoted whether that text is a JSON string
 * @param parse text back to value
 */
record BasicCodec(Function<Object, String> plain, boolean quoted, Function<String, Object> parse)
    implements ValueCodec {
  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
      return;
    }
    String text = plain.apply(value);
    if (quoted || isNotFinite(text)) {
      JsonText.quote(text, json);
    } else {
      json.append(text);
    }
  }

  @Override
  public @Nullable Object read(JsonValue json, References references) {
    if (json == JsonValue.NULL) {
      return null;
    }
    if (json instanceof JsonStructure) {
      throw new IllegalArgumentException("expected a single value, was " + json.getValueType());
    }
    return parse(json instanceof JsonString text ? text.getString() : json.toString());
  }

  /** Returns the value whose {@link #plain} text this is. */
  Object parse(String text) {
    try {
      return parse.apply(text);
    } catch (RuntimeException e) {
      // The message of a parser holds the value, which must not reach a log.
      throw new IllegalArgumentException("not the text form of such a value: " + e.getClass());
    }
  }

  /** JSON has no NaN and no infinity (RFC 8259 §6). */
  private static boolean isNotFinite(String text) {
    return text.endsWith("N") || text.endsWith("y");
  }
}

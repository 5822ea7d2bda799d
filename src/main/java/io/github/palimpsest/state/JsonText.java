package io.github.palimpsest.state;

import io.github.palimpsest.event.JsonOrder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Map;

/** JSON as text: quoting, parsing, comparing. */
public final class JsonText {
  /** Looked up once: each lookup walks the service files of the class path. */
  static final JsonProvider JSON = JsonProvider.provider();

  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** Appends {@code text} as a JSON string (RFC 8259 §7). */
  public static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u")
            .append(HEX.charAt(c >> 12))
            .append(HEX.charAt(c >> 8 & 15))
            .append(HEX.charAt(c >> 4 & 15))
            .append(HEX.charAt(c & 15));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /**
   * Returns the JSON value that {@code text} is.
   *
   * @throws jakarta.json.JsonException if it is none
   */
  public static JsonValue parse(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  /** Returns {@code text} as a JSON value. */
  public static JsonString string(String text) {
    return JSON.createValue(text);
  }

  /** Returns {@code number} as a JSON value. */
  public static JsonNumber number(BigDecimal number) {
    return JSON.createValue(number);
  }

  /** Returns a JSON object of these members, in their order. */
  public static JsonObject object(Map<String, JsonValue> members) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    members.forEach(object::add);
    return object.build();
  }

  /** Returns whether two JSON texts mean the same, numbers compared by value. */
  public static boolean same(String one, String other) {
    return one.equals(other)
        || (mayHoldNumbers(one)
            && mayHoldNumbers(other)
            && JsonOrder.isSame(parse(one), parse(other)));
  }

  private static boolean mayHoldNumbers(String json) {
    return json.charAt(0) != '"' && !json.equals("null");
  }
}

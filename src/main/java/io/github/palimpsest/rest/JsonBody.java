package io.github.palimpsest.rest;

import io.github.palimpsest.state.ForeignJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The JSON object in a request, read field by field. Whatever is not as asked for ends the request
 * with 400 {@code malformed-body} and names the field, never its value.
 */
public final class JsonBody {
  /** Largest body that is read, in bytes; a larger one is answered with 413. */
  public static final int LARGEST = 65_536;

  private final Map<String, JsonValue> values;

  private JsonBody(Map<String, JsonValue> values) {
    this.values = values;
  }

  /**
   * Reads the body to its end.
   *
   * @param fields the names it may hold, others are refused
   * @throws IOException if the connection broke
   */
  public static JsonBody read(InputStream stream, String... fields) throws IOException {
    JsonBody body = readAny(stream);
    body.requireOnly(fields);
    return body;
  }

  /**
   * Reads the body to its end, whatever fields it has: {@link #requireOnly} says which it may have.
   *
   * @throws IOException if the connection broke
   */
  static JsonBody readAny(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new BodyTooLargeException(LARGEST);
    }
    return new JsonBody(parse(decode(bytes)));
  }

  /** Returns a body that was read before. */
  static JsonBody of(JsonObject read) {
    return new JsonBody(read);
  }

  /** Returns all that was read. */
  JsonObject toJson() {
    return JsonProvider.provider().createObjectBuilder(values).build();
  }

  /** Refuses a body that has other fields than these. */
  void requireOnly(String... fields) {
    List<String> known = List.of(fields);
    if (!known.containsAll(values.keySet())) {
      throw new MalformedBodyException(
          "The body must hold only the fields %s.".formatted(String.join(", ", known)), null);
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBodyException("The body must be UTF-8.", e);
    }
  }

  private static Map<String, JsonValue> parse(String text) {
    try {
      return ForeignJson.read(text, JsonBody::object);
    } catch (IllegalArgumentException e) {
      throw new MalformedBodyException("The body %s.".formatted(e.getMessage()), e);
    }
  }

  private static Map<String, JsonValue> object(JsonParser parser) {
    if (parser.next() != JsonParser.Event.START_OBJECT) {
      throw new MalformedBodyException("The body must be a JSON object.", null);
    }
    return values(parser);
  }

  private static Map<String, JsonValue> values(JsonParser parser) {
    Map<String, JsonValue> values = new HashMap<>();
    while (parser.next() == JsonParser.Event.KEY_NAME) {
      String field = parser.getString();
      parser.next();
      if (values.put(field, parser.getValue()) != null) {
        throw new MalformedBodyException("The body must hold each field once.", null);
      }
    }
    return values;
  }

  /** Returns whether the field is there and not null. */
  public boolean has(String field) {
    return values.getOrDefault(field, JsonValue.NULL) != JsonValue.NULL;
  }

  /** Returns a text that is neither blank nor holds control characters. */
  public String text(String field) {
    if (value(field) instanceof JsonString string && isPlain(string.getString())) {
      return string.getString();
    }
    throw malformed(field, "must be a text, not blank and without control characters");
  }

  /** Returns texts, at least one; none if the field is not there. */
  public List<String> texts(String field) {
    if (!has(field)) {
      return List.of();
    }
    if (value(field) instanceof JsonArray array && !array.isEmpty()) {
      List<String> texts = new ArrayList<>();
      for (JsonValue element : array) {
        if (!(element instanceof JsonString string) || !isPlain(string.getString())) {
          throw malformed(field, "must be a list of texts");
        }
        texts.add(string.getString());
      }
      return texts;
    }
    throw malformed(field, "must be a list of texts");
  }

  /**
   * Returns the members of an object as comparisons, as {@link Comparisons} reads them; none if
   * there is no field.
   */
  Map<String, String> comparisons(String field) {
    if (!has(field)) {
      return Map.of();
    }
    if (value(field) instanceof JsonObject object && !object.isEmpty()) {
      Map<String, String> comparisons = new TreeMap<>();
      object.forEach((path, value) -> comparisons.put(path, comparison(field, value)));
      return comparisons;
    }
    throw malformed(field, "must be an object of texts, numbers, booleans and nulls");
  }

  private static String comparison(String field, JsonValue value) {
    if (value instanceof JsonString string) {
      return Comparisons.ofString(string.getString());
    }
    if (value instanceof JsonStructure) {
      throw malformed(field, "must be an object of texts, numbers, booleans and nulls");
    }
    return value.toString();
  }

  /** Returns a boolean; false if the field is not there. */
  public boolean flag(String field) {
    JsonValue value = values.getOrDefault(field, JsonValue.FALSE);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw malformed(field, "must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  /** Returns a whole number from 1 to the largest {@code long}. */
  public long id(String field) {
    return number(field, JsonBody::id);
  }

  /**
   * Returns a number as {@code convert} makes it.
   *
   * @param convert throws IllegalArgumentException, saying what the number must be
   */
  public <T> T number(String field, Function<BigDecimal, T> convert) {
    if (value(field) instanceof JsonNumber number) {
      try {
        return convert.apply(number.bigDecimalValue());
      } catch (IllegalArgumentException e) {
        throw malformed(field, String.valueOf(e.getMessage()));
      }
    }
    throw malformed(field, "must be a number");
  }

  private static long id(BigDecimal number) {
    // the scale first: 1E1000000000 has no long, but takes long to find out
    if (number.scale() == 0 && number.signum() > 0 && number.precision() <= 19) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("must be at most " + Long.MAX_VALUE, e);
      }
    }
    throw new IllegalArgumentException("must be a whole number of 1 or more");
  }

  private JsonValue value(String field) {
    JsonValue value = values.get(field);
    if (value == null) {
      throw malformed(field, "is missing");
    }
    return value;
  }

  private static boolean isPlain(String text) {
    return !text.isBlank()
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static MalformedBodyException malformed(String field, String problem) {
    return new MalformedBodyException("%s %s.".formatted(field, problem), null);
  }
}

package io.github.palimpsest.state;

import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Reads JSON that somebody else wrote: what comes with a request. Whatever is wrong with it ends in
 * one exception, whose message has none of the text.
 */
public final class ForeignJson {
  private static final int MOST_STRUCTURES = 500;
  private static final JsonParserFactory PARSERS = JsonText.JSON.createParserFactory(Map.of());

  private ForeignJson() {}

  /**
   * Returns the JSON value that {@code text} is.
   *
   * @throws IllegalArgumentException saying what it must be, if it is no JSON, has more than 500
   *     arrays and objects, or a number that takes long to read
   */
  public static JsonValue parse(String text) {
    return read(
        text,
        parser -> {
          parser.next();
          return parser.getValue();
        });
  }

  /**
   * As {@link #parse}, and returns what {@code reading} makes of it.
   *
   * @param reading reads the value to its end; what it throws itself passes through
   */
  public static <T> T read(String text, Function<JsonParser, T> reading) {
    // parsers recurse, and some end deep nesting with an exception of no kind
    if (text.chars().filter(c -> c == '{' || c == '[').count() > MOST_STRUCTURES) {
      throw new IllegalArgumentException("must not be so deeply nested");
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      T value = reading.apply(parser);
      // a parser looks for its end only if asked: "{} nonsense"
      if (parser.hasNext()) {
        throw new IllegalArgumentException("must be one value and nothing else");
      }
      return value;
    } catch (JsonException | NoSuchElementException e) {
      throw new IllegalArgumentException("must be valid JSON", e);
    } catch (NumberFormatException | UnsupportedOperationException e) {
      throw new IllegalArgumentException("must hold numbers of sensible size", e);
    }
  }
}

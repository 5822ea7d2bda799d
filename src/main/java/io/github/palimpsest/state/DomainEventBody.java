package io.github.palimpsest.state;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the data of a domain event as JSON, keys and order as the application gave them. */
public final class DomainEventBody {
  private DomainEventBody() {}

  /**
   * Returns {@code data} as a JSON object.
   *
   * @throws IllegalArgumentException if a value is neither basic, a map with text keys, nor a
   *     collection; the message names the key, never the value
   */
  public static String object(Map<String, ? extends @Nullable Object> data) {
    StringBuilder json = new StringBuilder();
    write("data", data, json);
    return json.toString();
  }

  private static void write(String key, @Nullable Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
    } else if (value instanceof Map<?, ?> map) {
      writeMap(key, map, json);
    } else if (value instanceof Collection<?> collection) {
      char separator = '[';
      for (Object each : collection) {
        json.append(separator);
        write(key, each, json);
        separator = ',';
      }
      json.append(collection.isEmpty() ? "[]" : "]");
    } else {
      BasicCodecs.of(value.getClass())
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s is a %s, which is not JSON-like"
                          .formatted(key, value.getClass().getName())))
          .write(value, json);
    }
  }

  private static void writeMap(String key, Map<?, ?> map, StringBuilder json) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException("the keys of %s must be text".formatted(key));
      }
      json.append(separator);
      JsonText.quote(name, json);
      json.append(':');
      write(name, entry.getValue(), json);
      separator = ',';
    }
    json.append(map.isEmpty() ? "{}" : "}");
  }
}

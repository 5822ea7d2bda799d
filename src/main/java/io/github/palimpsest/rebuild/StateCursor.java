package io.github.palimpsest.rebuild;

import io.github.palimpsest.state.ForeignJson;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of a query of states.
 *
 * @param key the values that are ordered by
 * @param objectId which of those with these values
 */
public record StateCursor(List<JsonValue> key, String objectId) {
  public StateCursor {
    key = List.copyOf(key);
  }

  /**
   * Returns the place that {@link #text} wrote.
   *
   * @param orders by how many values is ordered
   * @throws IllegalArgumentException if it is none
   */
  public static StateCursor parse(String text, int orders) {
    if (orders == 0) {
      return new StateCursor(List.of(), text);
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      if (ForeignJson.parse(new String(json, StandardCharsets.UTF_8)) instanceof JsonArray place
          && place.size() == orders + 1
          && place.get(orders) instanceof JsonString id) {
        return new StateCursor(place.subList(0, orders), id.getString());
      }
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  /** Returns it as text: the object id, or what needs no encoding in a URL if there is a key. */
  public String text() {
    if (key.isEmpty()) {
      return objectId;
    }
    StringBuilder json = new StringBuilder("[");
    key.forEach(value -> json.append(value).append(','));
    JsonText.quote(objectId, json);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.append(']').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException malformed(@Nullable Exception cause) {
    return new IllegalArgumentException("the cursor is none of a query with this order", cause);
  }
}

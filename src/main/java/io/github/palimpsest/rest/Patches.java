package io.github.palimpsest.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonPatchBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what leads from one JSON object to another as a patch. Values are compared to the letter,
 * numbers with their scale, so that a patch gives exactly the later object. An array is replaced as
 * a whole: where its items went would cost the product of both lengths to find out.
 */
final class Patches {
  /** The media type of a JSON Patch (RFC 6902 §6). */
  static final String JSON_PATCH = "application/json-patch+json";

  /** The media type of a merge patch (RFC 7396 §4). */
  static final String MERGE_PATCH = "application/merge-patch+json";

  private static final JsonProvider JSON = JsonProvider.provider();

  private Patches() {}

  /** Returns the JSON Patch of {@code remove}, {@code add} and {@code replace} operations. */
  static JsonArray jsonPatch(JsonObject before, JsonObject after) {
    JsonPatchBuilder patch = JSON.createPatchBuilder();
    addTo(patch, "", before, after);
    return patch.build().toJsonArray();
  }

  private static void addTo(
      JsonPatchBuilder patch, String above, JsonObject before, JsonObject after) {
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        patch.remove(path(above, name));
      }
    }
    after.forEach(
        (name, value) -> {
          JsonValue old = before.get(name);
          if (old == null) {
            patch.add(path(above, name), value);
          } else if (old instanceof JsonObject from && value instanceof JsonObject to) {
            addTo(patch, path(above, name), from, to);
          } else if (!old.equals(value)) {
            patch.replace(path(above, name), value);
          }
        });
  }

  private static String path(String above, String name) {
    return above + "/" + Json.encodePointer(name);
  }

  /**
   * Returns the merge patch; empty if there is none, because the later object has a null where the
   * earlier one has another value or nothing: in a merge patch null removes (RFC 7396 §1).
   */
  static Optional<JsonObject> mergePatch(JsonObject before, JsonObject after) {
    JsonObjectBuilder patch = JSON.createObjectBuilder();
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        patch.addNull(name);
      }
    }
    for (Map.Entry<String, JsonValue> each : after.entrySet()) {
      JsonValue old = before.get(each.getKey());
      if (!each.getValue().equals(old)) {
        Optional<? extends JsonValue> member = member(old, each.getValue());
        if (member.isEmpty()) {
          return Optional.empty();
        }
        patch.add(each.getKey(), member.get());
      }
    }
    return Optional.of(patch.build());
  }

  private static Optional<? extends JsonValue> member(@Nullable JsonValue old, JsonValue value) {
    if (value instanceof JsonObject to) {
      return mergePatch(old instanceof JsonObject from ? from : JsonValue.EMPTY_JSON_OBJECT, to);
    }
    return value.equals(JsonValue.NULL) ? Optional.empty() : Optional.of(value);
  }
}

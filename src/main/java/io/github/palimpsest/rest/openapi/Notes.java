package io.github.palimpsest.rest.openapi;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code operations.json} says of parameters and calls.
 *
 * @param parameters by name
 * @param operations by method and path: {@code GET /audit/types}
 */
record Notes(JsonObject parameters, JsonObject operations) {
  private static final String FILE = "operations.json";

  static Notes load() {
    try (InputStream file = Objects.requireNonNull(Notes.class.getResourceAsStream(FILE), FILE);
        JsonReader reader = JsonProvider.provider().createReader(file)) {
      JsonObject all = reader.readObject();
      return new Notes(all.getJsonObject("parameters"), all.getJsonObject("operations"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what JSON says in maps, lists, text and numbers, as the models of OpenAPI take it. */
  static @Nullable Object plain(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        value.asJsonObject().forEach((name, member) -> members.put(name, plain(member)));
        yield members;
      }
      case ARRAY -> value.asJsonArray().stream().map(Notes::plain).toList();
      case STRING -> ((JsonString) value).getString();
      case NUMBER -> ((JsonNumber) value).bigDecimalValue();
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
    };
  }
}

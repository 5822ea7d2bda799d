package io.github.palimpsest.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * 14 years of real changes to a real table, and the table as it stood at some instants.
 *
 * @param folder beside the project, never part of it
 */
record Countries(Path folder) {
  static Countries besideTheProject() {
    return new Countries(Path.of("..", "shared", "data", "countries"));
  }

  boolean exist() {
    return Files.isDirectory(folder);
  }

  /** Returns the changes in their order. */
  List<JsonObject> changes() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                open(folder.resolve("changes.jsonl.gz")), StandardCharsets.UTF_8))) {
      return lines.lines().map(Countries::object).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the changes of each transaction, in their order. */
  Collection<List<JsonObject>> transactions() {
    return changes().stream()
        .collect(
            Collectors.groupingBy(
                change -> change.getInt("at"), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** Returns the comparable states of all countries by id, by the epoch second of their commit. */
  TreeMap<Integer, Map<String, Map<String, @Nullable Object>>> oracles() {
    try (Stream<Path> files = Files.list(folder)) {
      TreeMap<Integer, Map<String, Map<String, @Nullable Object>>> oracles = new TreeMap<>();
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("at-")).toList()) {
        JsonObject oracle = oracle(file);
        oracles.put(oracle.getInt("at"), comparable(oracle.getJsonArray("countries")));
      }
      return oracles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject oracle(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(open(file))) {
      return reader.readObject();
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }

  static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  /** Returns the comparable states by id. */
  static Map<String, Map<String, @Nullable Object>> comparable(JsonArray states) {
    Map<String, Map<String, @Nullable Object>> comparable = new TreeMap<>();
    for (JsonObject state : states.getValuesAs(JsonObject.class)) {
      comparable.put(state.getString("cca3"), comparable(state));
    }
    return comparable;
  }

  /**
   * Returns a state that equals another one if and only if all values do: decimals, which some
   * write as text, by their value, lists in order. The persistence provider cannot tell an
   * embeddable that is null from one whose every attribute is, so both are null here.
   */
  static Map<String, @Nullable Object> comparable(JsonObject state) {
    return members(state, Set.of("area"));
  }

  private static Map<String, @Nullable Object> members(JsonObject object, Set<String> decimals) {
    Map<String, @Nullable Object> members = new TreeMap<>();
    object.forEach(
        (name, value) ->
            members.put(
                name,
                value instanceof JsonObject nested
                    ? embedded(name, nested)
                    : scalar(value, decimals.contains(name))));
    return members;
  }

  private static @Nullable Object embedded(String name, JsonObject value) {
    if (!name.equals("position")) {
      return members(value, Set.of());
    }
    Map<String, @Nullable Object> position = members(value, Set.of("lat", "lng"));
    return position.values().stream().allMatch(Objects::isNull) ? null : position;
  }

  private static @Nullable Object scalar(JsonValue value, boolean isDecimal) {
    if (value instanceof JsonArray array) {
      return array.stream().map(Object::toString).toList();
    }
    if (value instanceof JsonNumber number) {
      return comparable(number.bigDecimalValue());
    }
    if (value instanceof JsonString text) {
      return isDecimal ? comparable(new BigDecimal(text.getString())) : text.getString();
    }
    return value == JsonValue.NULL ? null : value;
  }

  private static BigDecimal comparable(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}

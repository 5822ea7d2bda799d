package io.github.palimpsest.rest;

import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Attribute filters of a query string: {@code region=Europe}, {@code name.common=Chile}, {@code
 * area=180}. All must hold; numbers are compared by value.
 *
 * @param wanted attribute, or path into an embeddable, to the value's text
 */
record Filter(Map<String, String> wanted) implements Predicate<State> {
  private static final Set<String> RESERVED = Set.of("asOf", "after", "limit");

  /**
   * Reads the filters; an attribute that {@code model} does not have, or that is masked, is a
   * problem.
   */
  static Filter of(MultivaluedMap<String, String> query, Optional<EntityModel> model) {
    Map<String, String> wanted = new HashMap<>();
    query.forEach(
        (name, values) -> {
          if (!RESERVED.contains(name)) {
            wanted.put(known(name, model), single(name, values));
          }
        });
    return new Filter(wanted);
  }

  private static String known(String name, Optional<EntityModel> model) {
    String attribute = name.split("\\.", 2)[0];
    if (model.isPresent() && model.get().attribute(attribute).isEmpty()) {
      throw ProblemException.malformedParameter(
          name, "%s has no attribute %s.".formatted(model.get().contentType(), attribute));
    }
    if (model.isPresent()
        && model.get().maskedPaths().stream().anyMatch(each -> meets(each, name))) {
      throw ProblemException.malformedParameter(
          name, "%s is masked and cannot be compared.".formatted(name));
    }
    return name;
  }

  /** Returns whether one path leads to the other's value or through it. */
  private static boolean meets(String masked, String path) {
    return (masked + ".").startsWith(path + ".") || (path + ".").startsWith(masked + ".");
  }

  private static String single(String name, List<String> values) {
    if (values.size() != 1) {
      throw ProblemException.malformedParameter(name, name + " must be given once.");
    }
    return values.get(0);
  }

  @Override
  public boolean test(State state) {
    return wanted.entrySet().stream()
        .allMatch(each -> matches(value(state, each.getKey()), each.getValue()));
  }

  private static JsonValue value(State state, String path) {
    JsonValue value = state.attributes().get(path);
    if (value != null) {
      return value;
    }
    Map<String, JsonValue> object = state.attributes();
    for (String step : path.split("\\.", -1)) {
      value = object.getOrDefault(step, JsonValue.NULL);
      object = value instanceof JsonObject nested ? nested : Map.of();
    }
    return value == null ? JsonValue.NULL : value;
  }

  private static boolean matches(JsonValue value, String text) {
    if (value instanceof JsonString string) {
      return string.getString().equals(text);
    }
    if (value instanceof JsonNumber number) {
      return isPlainNumber(text) && number.bigDecimalValue().compareTo(new BigDecimal(text)) == 0;
    }
    return value.toString().equals(text);
  }

  /** Without exponents: 1E1000000000 takes long to compare. */
  private static boolean isPlainNumber(String text) {
    return text.matches("-?[0-9]{1,1000}(\\.[0-9]{1,1000})?");
  }
}

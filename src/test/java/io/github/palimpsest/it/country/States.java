package io.github.palimpsest.it.country;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of the data: decimals are strings, absent scalars null. */
final class States {
  private States() {}

  static @Nullable String text(JsonObject state, String name) {
    return state.isNull(name) ? null : state.getString(name);
  }

  static @Nullable BigDecimal decimal(JsonObject state, String name) {
    return state.isNull(name) ? null : new BigDecimal(state.getString(name));
  }

  static @Nullable Boolean flag(JsonObject state, String name) {
    return state.isNull(name) ? null : state.getBoolean(name);
  }

  static @Nullable JsonObject object(JsonObject state, String name) {
    return state.isNull(name) ? null : state.getJsonObject(name);
  }

  static List<String> texts(JsonObject state, String name) {
    return new ArrayList<>(
        state.getJsonArray(name).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList());
  }

  static Map<String, String> names(JsonObject state, String name) {
    Map<String, String> names = new HashMap<>();
    state
        .getJsonObject(name)
        .forEach((code, value) -> names.put(code, ((JsonString) value).getString()));
    return names;
  }

  /** A member of an object. */
  record Member(String name, JsonValue value) {}

  static Member member(String name, @Nullable Object value) {
    return new Member(name, value(value));
  }

  static JsonObject object(Member... members) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    for (Member member : members) {
      object.add(member.name(), member.value());
    }
    return object.build();
  }

  private static JsonValue value(@Nullable Object value) {
    if (value == null) {
      return JsonValue.NULL;
    }
    if (value instanceof JsonValue json) {
      return json;
    }
    if (value instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value instanceof List<?> list) {
      return Json.createArrayBuilder(list).build();
    }
    if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = Json.createObjectBuilder();
      map.forEach((key, each) -> object.add(key.toString(), value(each)));
      return object.build();
    }
    return Json.createValue(
        value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** States as entities may have them, with names and values that are hard on patches. */
record RandomStates(Random random) {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int DEEPEST = 3;
  private static final List<String> NAMES =
      List.of(
          "id", "name", "a/b", "m~n", "~1", "~01", "", "0", "-", "ä\"\\", "\u0001", "\uD83C\uDFE6");

  JsonObject state() {
    return object(0);
  }

  /** Returns the state with some members removed, added and replaced, in objects within it too. */
  JsonObject changed(JsonObject state) {
    JsonObjectBuilder changed = JSON.createObjectBuilder();
    state.forEach(
        (name, value) -> {
          switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> changed.add(name, value(1));
            case 2 ->
                changed.add(
                    name, value instanceof JsonObject nested ? changed(nested) : JsonValue.NULL);
            default -> changed.add(name, value);
          }
        });
    if (random.nextBoolean()) {
      changed.add(name(), value(1));
    }
    return changed.build();
  }

  private JsonObject object(int depth) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      object.add(name(), value(depth + 1));
    }
    return object.build();
  }

  private JsonValue array(int depth) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth + 1));
    }
    return array.build();
  }

  private JsonValue value(int depth) {
    return switch (random.nextInt(depth < DEEPEST ? 10 : 8)) {
      case 0 -> JsonValue.NULL;
      case 1 -> random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
      case 2, 3 -> JsonText.string(text());
      case 4 -> JSON.createValue(random.nextLong());
      case 5 -> JSON.createValue(random.nextInt(3));
      case 6, 7 ->
          JSON.createValue(
              new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(8)));
      case 8 -> object(depth);
      default -> array(depth);
    };
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.appendCodePoint(random.nextInt(0xD800));
    }
    return text.toString();
  }
}

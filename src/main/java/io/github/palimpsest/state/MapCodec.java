package io.github.palimpsest.state;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A map: an object when the keys are basic, else an array of {@code [key, value]}; both sorted by
 * key.
 *
 * @param key codec of the keys
 * @param value codec of the values
 * @param hasBasicKeys whether a key is a single JSON string, number or boolean
 * @param keepsNull whether an entry is stored whose value is null
 */
public record MapCodec(ValueCodec key, ValueCodec value, boolean hasBasicKeys, boolean keepsNull)
    implements ValueCodec {
  /** Creates the codec of a map that keeps values that are null. */
  public MapCodec(ValueCodec key, ValueCodec value, boolean hasBasicKeys) {
    this(key, value, hasBasicKeys, true);
  }

  @Override
  public void write(@Nullable Object map, StringBuilder json) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map == null ? Map.of().entrySet() : ((Map<?, ?>) map).entrySet()) {
      texts.put(text(key, entry.getKey()), text(value, entry.getValue()));
    }
    if (!keepsNull) {
      texts.values().removeIf("null"::equals);
    }
    if (hasBasicKeys) {
      json.append(
          texts.entrySet().stream()
              .map(entry -> asName(entry.getKey()) + ":" + entry.getValue())
              .collect(Collectors.joining(",", "{", "}")));
    } else {
      json.append(
          texts.entrySet().stream()
              .map(entry -> "[" + entry.getKey() + "," + entry.getValue() + "]")
              .collect(Collectors.joining(",", "[", "]")));
    }
  }

  @Override
  public Object read(JsonValue json, References references) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    if (json instanceof JsonObject object) {
      object.forEach(
          (name, each) ->
              map.put(key.read(JsonText.string(name), references), value.read(each, references)));
    } else if (json instanceof JsonArray pairs) {
      pairs.forEach(
          pair ->
              map.put(
                  key.read(pair.asJsonArray().get(0), references),
                  value.read(pair.asJsonArray().get(1), references)));
    }
    return map;
  }

  private static String text(ValueCodec codec, @Nullable Object value) {
    StringBuilder json = new StringBuilder();
    codec.write(value, json);
    return json.toString();
  }

  private static String asName(String key) {
    return key.startsWith("\"") ? key : "\"" + key + "\"";
  }
}

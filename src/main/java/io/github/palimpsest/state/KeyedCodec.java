package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are an attribute of its values (Jakarta Persistence 3.1 §11.1.33): an array of
 * the values, since only they are stored.
 *
 * @param values codec of the values, as a collection
 * @param key value to key
 */
public record KeyedCodec(CollectionCodec values, UnaryOperator<@Nullable Object> key)
    implements ValueCodec {
  @Override
  public void write(@Nullable Object map, StringBuilder json) {
    values.write(map instanceof Map<?, ?> entries ? entries.values() : map, json);
  }

  @Override
  public Object read(JsonValue json, References references) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object each : new ArrayList<>((Collection<?>) values.read(json, references))) {
      if (each != null) {
        map.put(key.apply(each), each);
      }
    }
    return map;
  }
}

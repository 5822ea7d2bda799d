package io.github.palimpsest.restore.eclipselink;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.eclipselink.RowsByValue;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.persistence.internal.queries.ContainerPolicy;
import org.eclipse.persistence.mappings.CollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.jspecify.annotations.Nullable;

/**
 * Collections that cannot be made another in one flush, because EclipseLink does not tell equal
 * rows apart: they are emptied and flushed before they are filled.
 */
final class EqualRows {
  private EqualRows() {}

  /** Returns whether rows of such a collection are equal, before or after, or change their key. */
  static boolean are(DatabaseMapping mapping, Attribute attribute, Object live, Object wanted) {
    if (!RowsByValue.of(mapping) || isEmpty(attribute.accessor().get(live))) {
      return false;
    }
    ContainerPolicy policy = ((CollectionMapping) mapping).getContainerPolicy();
    JsonValue before = JsonText.parse(attribute.text(live));
    JsonValue after = JsonText.parse(attribute.text(wanted));
    return policy.isMapPolicy()
        ? haveKeys(before, after)
        : Stream.of(before, after).anyMatch(EqualRows::hasTwice);
  }

  private static boolean isEmpty(@Nullable Object live) {
    return !(live instanceof Map<?, ?> map && !map.isEmpty())
        && !(live instanceof Collection<?> collection && !collection.isEmpty());
  }

  private static boolean hasTwice(JsonValue elements) {
    Set<JsonValue> seen = new HashSet<>();
    return elements.getValueType() == JsonValue.ValueType.ARRAY
        && !elements.asJsonArray().stream().allMatch(seen::add);
  }

  /** Returns whether a value is found under more than one key. */
  private static boolean haveKeys(JsonValue before, JsonValue after) {
    Map<JsonValue, Object> keys = new HashMap<>();
    return Stream.of(before, after)
        .flatMap(EqualRows::entries)
        .anyMatch(
            entry -> {
              Object other = keys.putIfAbsent(entry.getValue(), entry.getKey());
              return other != null && !other.equals(entry.getKey());
            });
  }

  /** Returns the entries of a map as it is written: as an object, or as pairs of key and value. */
  private static Stream<Map.Entry<Object, JsonValue>> entries(JsonValue map) {
    return switch (map.getValueType()) {
      case OBJECT ->
          map.asJsonObject().entrySet().stream()
              .map(entry -> Map.entry(entry.getKey(), entry.getValue()));
      case ARRAY ->
          map.asJsonArray().stream()
              .map(JsonValue::asJsonArray)
              .map(pair -> Map.entry(pair.get(0), pair.get(1)));
      default -> Stream.empty();
    };
  }
}

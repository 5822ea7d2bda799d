package io.github.palimpsest.state;

import io.github.palimpsest.event.StreamId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the references in a value, without making anything of it. */
public final class ReferencedKeys {
  private ReferencedKeys() {}

  /** Returns whether such values may hold references. */
  public static boolean areIn(ValueCodec codec) {
    if (codec instanceof EmbeddableCodec embeddable) {
      return embeddable.attributes().stream().anyMatch(each -> areIn(each.codec()));
    }
    if (codec instanceof MapCodec map) {
      return areIn(map.key()) || areIn(map.value());
    }
    return codec instanceof KeyedCodec
        || codec instanceof ReferenceCodec
        || (codec instanceof CollectionCodec collection && areIn(collection.element()));
  }

  /** Returns the audited objects to which a value refers, in its order. */
  public static Set<StreamId> streams(ValueCodec codec, JsonValue json, EntityModels models) {
    Set<StreamId> streams = new LinkedHashSet<>();
    find(
        codec,
        json,
        (type, key) -> {
          models.stream(type, key).ifPresent(streams::add);
          return null;
        });
    return streams;
  }

  /** Tells {@code found} every reference in {@code json}; what it returns is not used. */
  public static void find(ValueCodec codec, JsonValue json, References found) {
    if (codec instanceof ReferenceCodec reference) {
      reference.read(json, found);
    } else if (codec instanceof EmbeddableCodec embeddable && json instanceof JsonObject object) {
      embeddable
          .attributes()
          .forEach(
              each -> find(each.codec(), object.getOrDefault(each.name(), JsonValue.NULL), found));
    } else if (codec instanceof KeyedCodec keyed) {
      find(keyed.values(), json, found);
    } else if (codec instanceof CollectionCodec collection && json instanceof JsonArray array) {
      array.forEach(each -> find(collection.element(), each, found));
    } else if (codec instanceof MapCodec map) {
      findInMap(map, json, found);
    }
  }

  private static void findInMap(MapCodec map, JsonValue json, References found) {
    if (json instanceof JsonObject object) {
      object.values().forEach(each -> find(map.value(), each, found));
    } else if (json instanceof JsonArray pairs) {
      for (JsonValue pair : pairs) {
        find(map.key(), pair.asJsonArray().get(0), found);
        find(map.value(), pair.asJsonArray().get(1), found);
      }
    }
  }
}

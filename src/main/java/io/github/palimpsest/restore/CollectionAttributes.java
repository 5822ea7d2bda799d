package io.github.palimpsest.restore;

import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collections and maps: what lies beside the row of an entity. */
public final class CollectionAttributes {
  private CollectionAttributes() {}

  /** Returns the attributes of {@code state} that the row does not hold. */
  public static List<String> of(EntityModel model, Map<String, JsonValue> state) {
    return state.keySet().stream()
        .filter(name -> model.attribute(name).orElseThrow().isStoredBesideTheRow())
        .toList();
  }

  /**
   * Refills a live collection in place, as an application does, so that its provider notices.
   *
   * @return false, and nothing done, if the two are not collections of one kind
   */
  @SuppressWarnings("unchecked") // the codec made the wanted value for the same attribute
  public static boolean refill(@Nullable Object live, @Nullable Object wanted) {
    if (live instanceof Collection<?> collection && wanted instanceof Collection<?> elements) {
      empty(live);
      ((Collection<Object>) collection).addAll(elements);
      return true;
    }
    if (live instanceof Map<?, ?> map && wanted instanceof Map<?, ?> entries) {
      empty(live);
      ((Map<Object, Object>) map).putAll(entries);
      return true;
    }
    return false;
  }

  /** Empties a live collection in place; does nothing with what is none. */
  public static void empty(@Nullable Object live) {
    if (live instanceof Collection<?> collection) {
      collection.clear();
    } else if (live instanceof Map<?, ?> map) {
      map.clear();
    }
  }
}

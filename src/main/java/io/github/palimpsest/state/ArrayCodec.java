package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array, or a collection that one column holds: an array of the elements.
 *
 * @param elements codec of the elements, as a collection
 * @param component of the array; null for a collection
 * @param isBesideTheRow whether the elements are rows of a table of their own, so that none at all
 *     is stored like an empty array
 */
public record ArrayCodec(
    CollectionCodec elements, @Nullable Class<?> component, boolean isBesideTheRow)
    implements ValueCodec {
  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    if (value == null && !isBesideTheRow) {
      json.append("null");
    } else {
      elements.write(value == null || value instanceof Collection ? value : list(value), json);
    }
  }

  private static List<@Nullable Object> list(Object array) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      list.add(Array.get(array, i));
    }
    return list;
  }

  @Override
  public @Nullable Object read(JsonValue json, References references) {
    if (json == JsonValue.NULL && !isBesideTheRow) {
      return null;
    }
    Collection<?> read = (Collection<?>) elements.read(json, references);
    return component == null ? read : array(read, component);
  }

  private static Object array(Collection<?> elements, Class<?> component) {
    Object array = Array.newInstance(component, elements.size());
    int index = 0;
    for (Object element : elements) {
      Array.set(array, index++, element);
    }
    return array;
  }
}

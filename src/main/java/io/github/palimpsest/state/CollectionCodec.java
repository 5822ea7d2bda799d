package io.github.palimpsest.state;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A collection: an array. Where the database keeps no order, the elements are sorted, numbers by
 * value (null and what is not finite before them) and all else by JSON text, so that equal
 * collections have equal text.
 *
 * @param element codec of the elements
 * @param isOrdered whether an order column keeps the order
 * @param instance makes an empty collection
 * @param keepsNull whether an element that is null is stored; if not, one in an order is stored as
 *     a gap, and none at the end
 */
public record CollectionCodec(
    ValueCodec element,
    boolean isOrdered,
    Supplier<Collection<@Nullable Object>> instance,
    boolean keepsNull)
    implements ValueCodec {
  private static final Comparator<String> BY_TEXT = Comparator.naturalOrder();
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing(CollectionCodec::number, Comparator.nullsFirst(BigDecimal::compareTo))
          .thenComparing(BY_TEXT);

  /** Creates the codec of a collection that keeps elements that are null. */
  public CollectionCodec(
      ValueCodec element, boolean isOrdered, Supplier<Collection<@Nullable Object>> instance) {
    this(element, isOrdered, instance, true);
  }

  /** Returns a maker of empty collections that fit an attribute declared as {@code type}. */
  public static Supplier<Collection<@Nullable Object>> emptyOf(Class<?> type) {
    if (SortedSet.class.isAssignableFrom(type)) {
      return TreeSet::new;
    }
    return Set.class.isAssignableFrom(type) ? LinkedHashSet::new : ArrayList::new;
  }

  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    List<String> texts = new ArrayList<>();
    for (Object each : value == null ? List.of() : (Collection<?>) value) {
      StringBuilder text = new StringBuilder();
      element.write(each, text);
      texts.add(text.toString());
    }
    if (!keepsNull) {
      removeNulls(texts);
    }
    if (!isOrdered) {
      texts.sort(element instanceof BasicCodec basic && !basic.quoted() ? BY_NUMBER : BY_TEXT);
    }
    json.append('[').append(String.join(",", texts)).append(']');
  }

  private void removeNulls(List<String> texts) {
    if (isOrdered) {
      while (!texts.isEmpty() && texts.get(texts.size() - 1).equals("null")) {
        texts.remove(texts.size() - 1);
      }
    } else {
      texts.removeIf("null"::equals);
    }
  }

  private static @Nullable BigDecimal number(String json) {
    return json.startsWith("\"") || json.equals("null") ? null : new BigDecimal(json);
  }

  @Override
  public Object read(JsonValue json, References references) {
    Collection<@Nullable Object> collection = instance.get();
    if (json instanceof JsonArray array) {
      array.forEach(each -> collection.add(element.read(each, references)));
    }
    return collection;
  }
}

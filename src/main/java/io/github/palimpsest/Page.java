package io.github.palimpsest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of what a query has.
 *
 * @param <T> of what
 * @param items in the order of the query
 * @param next what the query takes to go on after the last of them; null if there is nothing more
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /** Returns the first {@code limit} items, and whether there are more. */
  public static <T> Page<T> of(List<T> items, int limit, Function<T, String> cursor) {
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    return new Page<>(items.subList(0, limit), cursor.apply(items.get(limit - 1)));
  }
}

package io.github.palimpsest.rebuild;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collections that are read when they are first looked at, and cannot be changed. */
final class PastCollections {
  private PastCollections() {}

  /** Loads once; two threads at once load the same. */
  private static final class Once<V> implements Supplier<V> {
    private final Supplier<V> loading;
    private volatile @Nullable V loaded;

    private Once(Supplier<V> loading) {
      this.loading = loading;
    }

    @Override
    public V get() {
      V known = loaded;
      if (known == null) {
        known = loading.get();
        loaded = known;
      }
      return known;
    }
  }

  static List<Object> list(Supplier<List<Object>> loading) {
    Once<List<Object>> elements = new Once<>(loading);
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return elements.get().get(index);
      }

      @Override
      public int size() {
        return elements.get().size();
      }
    };
  }

  static Set<Object> set(Supplier<List<Object>> loading) {
    Once<Set<Object>> elements =
        new Once<>(() -> Collections.unmodifiableSet(new LinkedHashSet<>(loading.get())));
    return new AbstractSet<>() {
      @Override
      public Iterator<Object> iterator() {
        return elements.get().iterator();
      }

      @Override
      public int size() {
        return elements.get().size();
      }

      @Override
      public boolean contains(@Nullable Object element) {
        return elements.get().contains(element);
      }
    };
  }

  static Map<@Nullable Object, Object> map(
      Supplier<List<Object>> loading, Function<Object, @Nullable Object> key) {
    Once<Map<@Nullable Object, Object>> entries =
        new Once<>(
            () -> {
              Map<@Nullable Object, Object> map = new LinkedHashMap<>();
              loading.get().forEach(each -> map.put(key.apply(each), each));
              return Collections.unmodifiableMap(map);
            });
    return new AbstractMap<>() {
      @Override
      public Set<Map.Entry<@Nullable Object, Object>> entrySet() {
        return entries.get().entrySet();
      }

      @Override
      public @Nullable Object get(@Nullable Object wanted) {
        return entries.get().get(wanted);
      }
    };
  }
}

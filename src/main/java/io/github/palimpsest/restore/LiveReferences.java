package io.github.palimpsest.restore;

import io.github.palimpsest.rebuild.Batches;
import io.github.palimpsest.state.References;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live entities that references lead to, never from a cache; each is asked for once. To be
 * thrown away when the persistence context is cleared. For the thread of the transaction.
 */
public final class LiveReferences implements References {
  private static final int BATCH = 500;

  private final Finder finder;
  private final Map<Class<?>, Map<Object, Object>> known = new HashMap<>();
  private final Map<Class<?>, Set<Object>> missing = new HashMap<>();

  /** Creates them with what asks the database. */
  public LiveReferences(Finder finder) {
    this.finder = finder;
  }

  /** Asks the database for entities. */
  @FunctionalInterface
  public interface Finder {
    /** Returns the entities that are there, by primary key. */
    Map<Object, Object> find(Class<?> entityClass, Collection<Object> primaryKeys);
  }

  /** Asks for many at once, so that {@link #resolve} need not ask for each. */
  void load(Class<?> entityClass, Collection<Object> primaryKeys) {
    Batches.of(primaryKeys.stream().filter(key -> !isAskedFor(entityClass, key)).distinct(), BATCH)
        .forEach(keys -> ask(entityClass, keys));
  }

  /** Takes note of an entity that has been created. */
  void add(Class<?> entityClass, Object primaryKey, Object entity) {
    known(entityClass).put(primaryKey, entity);
    missing.forEach(
        (each, keys) -> {
          if (each.isInstance(entity)) {
            keys.remove(primaryKey);
          }
        });
  }

  @Override
  public @Nullable Object resolve(Class<?> entityClass, Object primaryKey) {
    if (!isAskedFor(entityClass, primaryKey)) {
      ask(entityClass, List.of(primaryKey));
    }
    return known(entityClass).get(primaryKey);
  }

  private void ask(Class<?> entityClass, Collection<Object> primaryKeys) {
    Map<Object, Object> found = finder.find(entityClass, primaryKeys);
    known(entityClass).putAll(found);
    primaryKeys.stream().filter(key -> !found.containsKey(key)).forEach(missing(entityClass)::add);
  }

  private boolean isAskedFor(Class<?> entityClass, Object primaryKey) {
    return known(entityClass).containsKey(primaryKey) || missing(entityClass).contains(primaryKey);
  }

  private Map<Object, Object> known(Class<?> entityClass) {
    return known.computeIfAbsent(entityClass, each -> new HashMap<>());
  }

  private Set<Object> missing(Class<?> entityClass) {
    return missing.computeIfAbsent(entityClass, each -> new HashSet<>());
  }
}

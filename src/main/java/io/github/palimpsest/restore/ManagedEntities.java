package io.github.palimpsest.restore;

import io.github.palimpsest.state.EntityModel;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What live entities are on every JPA provider. For the thread of the transaction. */
public abstract class ManagedEntities implements LiveEntities {
  protected static final Map<String, Object> FROM_DATABASE =
      Map.of("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);

  protected final EntityManager entities;
  private final KeyQuery byKeys;
  private final Map<IdSource, Long> highestIds = new HashMap<>();

  /**
   * Creates the view of {@code entities}, which are joined to a transaction when it is used.
   *
   * @param unproxied returns the entity behind a provider's proxy
   */
  protected ManagedEntities(EntityManager entities, UnaryOperator<Object> unproxied) {
    this.entities = entities;
    this.byKeys = new KeyQuery(entities, unproxied);
  }

  /** Returns whether many rows of that class can be locked and read by one query. */
  protected abstract boolean isLockedAtOnce(EntityModel model);

  /** Returns whether the persistence context may hold an entity of that key. */
  protected abstract boolean isManaged(EntityModel model, Object key);

  /** Returns an entity that was read, with what its provider would read later. */
  protected abstract Object whole(Object entity);

  /** Takes note that there is no entity of that key. */
  protected abstract void missing(EntityModel model, Object key);

  /** Returns the entity that a reference leads to, never from a cache; empty for a missing one. */
  protected abstract Optional<Object> reference(Class<?> entityClass, Object key);

  /** Returns the entities that are removed with one, without those that are removed with them. */
  protected abstract Collection<Object> parts(Object entity);

  @Override
  public final Collection<Object> removedWith(Object entity) {
    Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(entity));
    while (!open.isEmpty()) {
      parts(open.remove()).stream()
          .filter(part -> part != entity && found.add(part))
          .forEach(open::add);
    }
    return found;
  }

  @Override
  public final Map<String, Object> find(EntityModel model, Collection<String> objectIds) {
    Map<String, Object> found = new HashMap<>();
    Map<Object, String> unread = new LinkedHashMap<>();
    boolean isAtOnce =
        objectIds.size() > 1 && byKeys.isPossible(model.entityClass()) && isLockedAtOnce(model);
    for (String objectId : objectIds) {
      Object key = model.identifier().primaryKey(objectId);
      if (isAtOnce && !isManaged(model, key)) {
        unread.put(key, objectId);
      } else {
        find(model, objectId).ifPresent(entity -> found.put(objectId, entity));
      }
    }
    if (!unread.isEmpty()) {
      Map<Object, Object> read =
          byKeys.find(
              model.entityClass(),
              unread.keySet(),
              LockModeType.PESSIMISTIC_WRITE,
              key -> find(model, Objects.requireNonNull(unread.get(key))));
      unread.forEach((key, objectId) -> note(model, key, objectId, read, found));
    }
    return found;
  }

  private void note(
      EntityModel model,
      Object key,
      String objectId,
      Map<Object, Object> read,
      Map<String, Object> found) {
    Object entity = read.get(key);
    if (entity == null) {
      missing(model, key);
    } else {
      found.put(objectId, whole(entity));
    }
  }

  @Override
  public final LiveReferences references() {
    return new LiveReferences(this::unlocked);
  }

  /** Returns entities that were read without a lock, by key. */
  protected final Map<Object, Object> unlocked(Class<?> entityClass, Collection<Object> keys) {
    if (keys.size() > 1 && byKeys.isPossible(entityClass)) {
      return byKeys.find(entityClass, keys, LockModeType.NONE, key -> reference(entityClass, key));
    }
    Map<Object, Object> found = new HashMap<>();
    keys.forEach(key -> reference(entityClass, key).ifPresent(entity -> found.put(key, entity)));
    return found;
  }

  /** Lets the provider insert the rows of these entities, which does so at the next flush. */
  protected final List<Object> persisted(EntityModel model, List<NewEntity> wanted) {
    wanted.forEach(each -> each.calledBack(model, () -> entities.persist(each.copy())));
    return wanted.stream().map(NewEntity::copy).toList();
  }

  /**
   * Inserts rows past the persistence context, reads them into it and fills their collections.
   *
   * @param insert inserts the row of an entity
   * @param created takes note of the key and the entity that was read
   */
  protected final List<Object> inserted(
      EntityModel model,
      List<NewEntity> wanted,
      Consumer<NewEntity> insert,
      BiConsumer<Object, Object> created) {
    entities.flush();
    Map<Object, NewEntity> byKey = new LinkedHashMap<>();
    for (NewEntity each : wanted) {
      insert.accept(each);
      byKey.put(key(model, each.copy()), each);
    }
    Map<Object, Object> managed = unlocked(model.entityClass(), byKey.keySet());
    List<Object> found = new ArrayList<>();
    byKey.forEach(
        (key, each) -> {
          Object entity = Objects.requireNonNull(managed.get(key));
          change(model, entity, each.collections(), each.copy());
          created.accept(key, entity);
          found.add(entity);
        });
    return found;
  }

  private static Object key(EntityModel model, Object entity) {
    return model.identifier().primaryKey(model.stream(entity).orElseThrow().objectId());
  }

  /** Takes note that an entity was created under an id that this might draw. */
  protected final void created(IdSource source, long id) {
    highestIds.merge(source, id, Math::max);
  }

  @Override
  public final void remove(Object entity) {
    entities.remove(entity);
  }

  @Override
  public final void moveGenerators() {
    Generators generators = new Generators(entities);
    highestIds.forEach((source, id) -> source.moveBeyond(id, generators));
    highestIds.clear();
  }

  @Override
  public final void flush() {
    entities.flush();
  }

  @Override
  public final void clear() {
    entities.clear();
  }
}

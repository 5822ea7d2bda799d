package io.github.palimpsest.state;

import io.github.palimpsest.event.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The audited entity classes of one persistence unit. Safe for threads. */
public final class EntityModels {
  private final Map<Class<?>, EntityModel> byClass = new HashMap<>();
  private final Map<String, EntityModel> byContentType = new HashMap<>();
  private final Map<String, EntityModel> byAnyName = new HashMap<>();
  private final BiFunction<Class<?>, Object, Object> stubs;
  private final Function<Class<?>, List<Inverse>> inverses;
  private final Map<Class<?>, List<Inverse>> knownInverses = new ConcurrentHashMap<>();

  /**
   * Creates the collection.
   *
   * @param stubs entity class (audited or not) and primary key to an instance with that id
   * @throws IllegalArgumentException if two classes claim one content type, now or formerly
   */
  public EntityModels(Collection<EntityModel> models, BiFunction<Class<?>, Object, Object> stubs) {
    this(models, stubs, entityClass -> List.of());
  }

  /**
   * As {@link #EntityModels(Collection, BiFunction)}, with the inverse sides of relations.
   *
   * @param inverses entity class to its inverse sides
   */
  public EntityModels(
      Collection<EntityModel> models,
      BiFunction<Class<?>, Object, Object> stubs,
      Function<Class<?>, List<Inverse>> inverses) {
    this.stubs = stubs;
    this.inverses = inverses;
    for (EntityModel model : models) {
      byClass.put(model.entityClass(), model);
      byContentType.put(model.contentType(), model);
      claim(model.contentType(), model);
      model.formerly().forEach(name -> claim(name, model));
    }
  }

  private void claim(String contentType, EntityModel model) {
    EntityModel other = byAnyName.put(contentType, model);
    if (other != null) {
      throw new IllegalArgumentException(
          "%s and %s both have the content type %s"
              .formatted(
                  other.entityClass().getName(), model.entityClass().getName(), contentType));
    }
  }

  /** Returns the model of exactly this class; empty if it is not audited. */
  public Optional<EntityModel> of(Class<?> entityClass) {
    return Optional.ofNullable(byClass.get(entityClass));
  }

  /** Returns the model with this content type; empty if there is none. */
  public Optional<EntityModel> of(String contentType) {
    return Optional.ofNullable(byContentType.get(contentType));
  }

  /** Returns the model that has this content type or had it before; empty if there is none. */
  public Optional<EntityModel> formerly(String contentType) {
    return Optional.ofNullable(byAnyName.get(contentType));
  }

  /** Returns an instance, not managed, that holds nothing but its id: what a reference leads to. */
  public Object stub(Class<?> entityClass, Object primaryKey) {
    return stubs.apply(entityClass, primaryKey);
  }

  /** Returns the stream of an object; empty if its class is not audited. */
  public Optional<StreamId> stream(Class<?> entityClass, Object primaryKey) {
    return of(entityClass)
        .map(model -> new StreamId(model.contentType(), model.identifier().objectIdOf(primaryKey)));
  }

  /** Returns the inverse sides of relations that an entity class has, but those not audited. */
  public List<Inverse> inverses(Class<?> entityClass) {
    return knownInverses.computeIfAbsent(entityClass, inverses);
  }

  /** Returns all models. */
  public List<EntityModel> all() {
    return List.copyOf(byClass.values());
  }
}

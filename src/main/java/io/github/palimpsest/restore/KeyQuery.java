package io.github.palimpsest.restore;

import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads entities by their keys, many with one query, where a key is one column whose values are
 * equal in Java if they are in SQL.
 */
final class KeyQuery {
  private static final Set<Class<?>> COMPARABLE =
      Set.of(Long.class, Integer.class, Short.class, String.class, UUID.class);

  private final EntityManager entities;
  private final UnaryOperator<Object> unproxied;

  KeyQuery(EntityManager entities, UnaryOperator<Object> unproxied) {
    this.entities = entities;
    this.unproxied = unproxied;
  }

  /** Returns whether entities of a class can be read so. */
  boolean isPossible(Class<?> entityClass) {
    return key(entityClass).isPresent();
  }

  /**
   * Returns the entities that are there, by key, ordered by it so that locks are taken in one
   * order; what the persistence context holds must have been flushed.
   *
   * @param one what finds a single one, for keys that the database writes in another way
   */
  Map<Object, Object> find(
      Class<?> entityClass,
      Collection<Object> keys,
      LockModeType lock,
      Function<Object, Optional<Object>> one) {
    TypedQuery<Object> query = query(entityClass, keys);
    query.setFlushMode(FlushModeType.COMMIT);
    query.setHint("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);
    if (lock != LockModeType.NONE) {
      query.setLockMode(lock);
    }
    Map<Object, Object> found = new HashMap<>();
    for (Object each : query.getResultList()) {
      Object entity = unproxied.apply(each);
      found.put(
          entities.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(entity),
          entity);
    }
    if (!keys.containsAll(found.keySet())) {
      found.clear();
      keys.forEach(key -> one.apply(key).ifPresent(entity -> found.put(key, entity)));
    }
    return found;
  }

  private TypedQuery<Object> query(Class<?> entityClass, Collection<Object> keys) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<Object> query = builder.createQuery();
    Root<?> root = query.from(entityClass);
    Path<?> key = root.get(key(entityClass).orElseThrow());
    query.select(root).where(key.in(keys)).orderBy(builder.asc(key));
    return entities.createQuery(query);
  }

  private Optional<String> key(Class<?> entityClass) {
    EntityType<?> type = entities.getMetamodel().entity(entityClass);
    if (!type.hasSingleIdAttribute()) {
      return Optional.empty();
    }
    return type.getSingularAttributes().stream()
        .filter(SingularAttribute::isId)
        .filter(id -> COMPARABLE.contains(wrapped(id.getJavaType())))
        .map(SingularAttribute::getName)
        .findFirst();
  }

  private static Class<?> wrapped(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}

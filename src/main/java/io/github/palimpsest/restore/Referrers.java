package io.github.palimpsest.restore;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.CollectionCodec;
import io.github.palimpsest.state.EmbeddableCodec;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.KeyedCodec;
import io.github.palimpsest.state.MapCodec;
import io.github.palimpsest.state.ReferenceCodec;
import io.github.palimpsest.state.ValueCodec;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Asks who refers to an entity: the audited attributes that could, by one query each. References
 * within elements of a collection are left to the foreign keys.
 */
public final class Referrers {
  private final EntityManager entities;
  private final EntityModels models;
  private final UnaryOperator<Object> unproxied;

  /**
   * Creates it.
   *
   * @param unproxied returns the entity behind a provider's proxy
   */
  public Referrers(EntityManager entities, EntityModels models, UnaryOperator<Object> unproxied) {
    this.entities = entities;
    this.models = models;
    this.unproxied = unproxied;
  }

  /** Returns who refers to {@code entity}, itself included. */
  public Set<Referrer> of(Object entity) {
    Set<Referrer> found = new LinkedHashSet<>();
    for (EntityModel model : models.all()) {
      for (Attribute attribute : model.attributes()) {
        for (Function<Root<?>, Path<?>> path : paths(attribute, entity.getClass(), List.of())) {
          for (Object each : query(model, path, entity)) {
            model.stream(each)
                .ifPresent(stream -> found.add(new Referrer(stream, attribute.name())));
          }
        }
      }
    }
    return found;
  }

  /** Attributes that a subclass inherits are asked for by the query of each class. */
  private List<Object> query(EntityModel model, Function<Root<?>, Path<?>> path, Object entity) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<Object> query = builder.createQuery();
    Root<?> root = query.from(model.entityClass());
    query.select(root).where(builder.equal(path.apply(root), entity)).distinct(true);
    return entities.createQuery(query).getResultList().stream()
        .map(unproxied)
        .filter(each -> each.getClass() == model.entityClass())
        .toList();
  }

  /** Returns the paths to what an attribute refers to, which lies in embeddables or in none. */
  private static List<Function<Root<?>, Path<?>>> paths(
      Attribute attribute, Class<?> target, List<String> embeddables) {
    ValueCodec codec = attribute.plainCodec();
    if (codec instanceof EmbeddableCodec embeddable) {
      List<String> inner = new ArrayList<>(embeddables);
      inner.add(attribute.name());
      return embeddable.attributes().stream()
          .flatMap(part -> paths(part, target, inner).stream())
          .toList();
    }
    if (codec instanceof ReferenceCodec reference && canBe(target, reference)) {
      return List.of(root -> get(root, embeddables).get(attribute.name()));
    }
    return element(codec) instanceof ReferenceCodec reference && canBe(target, reference)
        ? List.of(root -> joined(root, embeddables).join(attribute.name()))
        : List.of();
  }

  private static Path<?> get(Path<?> root, List<String> names) {
    Path<?> path = root;
    for (String name : names) {
      path = path.get(name);
    }
    return path;
  }

  private static From<?, ?> joined(From<?, ?> root, List<String> names) {
    From<?, ?> from = root;
    for (String name : names) {
      from = from.join(name);
    }
    return from;
  }

  private static ValueCodec element(ValueCodec codec) {
    if (codec instanceof KeyedCodec keyed) {
      return keyed.values().element();
    }
    if (codec instanceof MapCodec map) {
      return map.value();
    }
    return codec instanceof CollectionCodec collection ? collection.element() : codec;
  }

  private static boolean canBe(Class<?> entityClass, ReferenceCodec reference) {
    return reference.target().isAssignableFrom(entityClass);
  }
}

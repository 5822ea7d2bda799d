package io.github.palimpsest.container;

import io.github.palimpsest.History;
import io.github.palimpsest.ObjectHistory;
import io.github.palimpsest.TypeHistory;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** History of the entities of the application's persistence unit. */
@ApplicationScoped
class JpaHistory implements History {
  @PersistenceContext EntityManager entities;
  @Inject Rebuilder rebuilder;
  @Inject EntityModels models;
  @Inject RestoreTransaction restores;
  @Inject BaselineBatches baselines;
  @Inject DriftChecks checks;

  @Override
  public <T> ObjectHistory<T> of(Class<T> type, Object id) {
    EntityModel model = model(type);
    StreamId stream = new StreamId(model.contentType(), model.identifier().objectIdOf(id));
    return history(type, model, new Subject.ById(stream));
  }

  @Override
  @SuppressWarnings("unchecked") // getClass of a T
  public <T> ObjectHistory<T> of(T entity) {
    Class<T> type = (Class<T>) entity.getClass();
    EntityModel model = model(type);
    return history(type, model, new Subject.ByEntity(model, entity));
  }

  @Override
  public <T> TypeHistory<T> of(Class<T> type) {
    return new JpaTypeHistory<>(
        type, model(type), new States(models), rebuilder, restores, baselines, checks);
  }

  private <T> ObjectHistory<T> history(Class<T> type, EntityModel model, Subject subject) {
    return new JpaObjectHistory<>(
        type, model, subject, new States(models), rebuilder, restores, entities);
  }

  private EntityModel model(Class<?> type) {
    return models.of(type).orElseThrow(() -> new UnknownTypeException(type.getName()));
  }
}

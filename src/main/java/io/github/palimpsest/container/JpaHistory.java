package io.github.palimpsest.container;

import io.github.palimpsest.Events;
import io.github.palimpsest.History;
import io.github.palimpsest.ObjectHistory;
import io.github.palimpsest.PastView;
import io.github.palimpsest.TransactionHistory;
import io.github.palimpsest.TypeHistory;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.SearchedEvents;
import io.github.palimpsest.state.EntityModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** History of the entities of the application's persistence units. */
@ApplicationScoped
class JpaHistory implements History {
  @Inject AuditedUnits units;
  @Inject RestoreTransaction restores;
  @Inject BaselineBatches baselines;
  @Inject DriftChecks checks;

  @Override
  public <T> ObjectHistory<T> of(Class<T> type, Object id) {
    AuditedUnit unit = units.of(type);
    EntityModel model = model(unit, type);
    StreamId stream = new StreamId(model.contentType(), model.identifier().objectIdOf(id));
    return new JpaObjectHistory<>(type, model, new Subject.ById(stream), unit, restores);
  }

  @Override
  @SuppressWarnings("unchecked") // getClass of a T
  public <T> ObjectHistory<T> of(T entity) {
    Object itself = units.unproxied(entity);
    Class<T> type = (Class<T>) itself.getClass();
    AuditedUnit unit = units.of(type);
    EntityModel model = model(unit, type);
    return new JpaObjectHistory<>(type, model, new Subject.ByEntity(model, itself), unit, restores);
  }

  @Override
  public <T> TypeHistory<T> of(Class<T> type) {
    AuditedUnit unit = units.of(type);
    return new JpaTypeHistory<>(type, model(unit, type), unit, restores, baselines, checks);
  }

  @Override
  public TransactionHistory transaction(long number) {
    return new JpaTransactionHistory(number, units.ofTransaction(number, null), restores);
  }

  @Override
  public PastView asOf(Instant instant) {
    return new JpaPastView(instant, units);
  }

  @Override
  public Events events() {
    return SearchedEvents.all(
        units.databases().stream().map(AuditedUnit::rebuilder).toList(),
        type -> model(units.of(type), type));
  }

  private static EntityModel model(AuditedUnit unit, Class<?> type) {
    return unit.models().of(type).orElseThrow(() -> new UnknownTypeException(type.getName()));
  }
}

package io.github.palimpsest.container;

import io.github.palimpsest.PastView;
import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.rebuild.PastObjects;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of all persistence units as they were at an instant. */
final class JpaPastView implements PastView {
  private final Instant asOf;
  private final AuditedUnits units;
  private final Map<AuditedUnit, PastObjects> views = new ConcurrentHashMap<>();

  JpaPastView(Instant asOf, AuditedUnits units) {
    this.asOf = asOf;
    this.units = units;
  }

  @Override
  public Instant asOf() {
    return asOf;
  }

  @Override
  public <T> Optional<T> find(Class<T> type, Object id) {
    return view(type).find(type, id);
  }

  @Override
  public <T> TypeQuery<T> all(Class<T> type) {
    return view(type).all(type);
  }

  private PastView view(Class<?> type) {
    return views.computeIfAbsent(
        units.ofAny(type),
        unit -> new PastObjects(unit.rebuilder(), unit.models(), asOf, PastObjects.MOST));
  }
}

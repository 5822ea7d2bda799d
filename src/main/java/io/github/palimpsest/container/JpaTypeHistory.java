package io.github.palimpsest.container;

import io.github.palimpsest.Drift;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.TypeHistory;
import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.rebuild.DetachedEntities;
import io.github.palimpsest.rebuild.RebuiltTypeQuery;
import io.github.palimpsest.rebuild.RebuiltTypeQuery.Source;
import io.github.palimpsest.restore.Progress;
import io.github.palimpsest.restore.StateFilter;
import io.github.palimpsest.state.EntityModel;
import java.time.Instant;

/** The history of one type, for the thread that asked for it. */
record JpaTypeHistory<T>(
    Class<T> type,
    EntityModel model,
    AuditedUnit unit,
    RestoreTransaction restores,
    BaselineBatches baselines,
    DriftChecks checks)
    implements TypeHistory<T> {
  @Override
  public TypeQuery<T> at(Instant asOf) {
    DetachedEntities entities = new DetachedEntities(unit.models()::stub);
    return RebuiltTypeQuery.all(
        new Source<>(
            unit.rebuilder(),
            unit.models(),
            states -> states.stream().map(each -> type.cast(entities.of(model, each))).toList()),
        model,
        asOf);
  }

  @Override
  public Restoration restore(Restore wanted) {
    return restores.restoreAll(model.contentType(), wanted, StateFilter.all(), Progress.none());
  }

  @Override
  public long baseline(String reason) {
    return baselines.record(model.contentType(), reason);
  }

  @Override
  public Drift drift(String after, int limit) {
    return checks.check(model.contentType(), after, limit);
  }

  @Override
  public Reconciled reconcile(String reason) {
    return checks.reconcile(model.contentType(), reason, false);
  }
}

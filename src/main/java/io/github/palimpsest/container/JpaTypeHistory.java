package io.github.palimpsest.container;

import io.github.palimpsest.Drift;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.TypeHistory;
import io.github.palimpsest.state.EntityModel;
import java.time.Instant;
import java.util.stream.Stream;

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
  public Stream<T> at(Instant asOf) {
    return unit.rebuilder()
        .all(model.contentType(), unit.rebuilder().settled(asOf), "")
        .map(state -> States.of(unit).entity(type, model, state));
  }

  @Override
  public Restoration restore(Restore wanted) {
    return restores.restoreAll(model.contentType(), wanted, state -> true);
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

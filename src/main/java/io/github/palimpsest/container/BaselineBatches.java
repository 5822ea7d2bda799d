package io.github.palimpsest.container;

import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.BaselineProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Records baselines outside the active transaction: each batch has one of its own. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class BaselineBatches {
  @Inject AuditedUnits units;

  /** Called by the container. */
  public BaselineBatches() {}

  /** Records the baseline of a type, as {@link Baseline#record} says. */
  public long record(String contentType, String reason) {
    return units.of(contentType).baseline().record(contentType, reason);
  }

  /** Returns how far a baseline is, as {@link Baseline#progress} says. */
  public BaselineProgress progress(String contentType) {
    return units.of(contentType).baseline().progress(contentType);
  }
}

package io.github.palimpsest.container;

import io.github.palimpsest.Drift;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Reconciler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Checks and reconciles outside the active transaction: each step has one of its own. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class DriftChecks {
  @Inject AuditedUnits units;

  /** Called by the container. */
  public DriftChecks() {}

  /** Returns in what rows and history differ, as {@link DriftCheck#check} says. */
  public Drift check(String contentType, String after, int limit) {
    return units.of(contentType).driftCheck().check(contentType, after, limit);
  }

  /** Makes history agree with the rows, as {@link Reconciler#reconcile} says. */
  public Reconciled reconcile(String contentType, String reason, boolean dryRun) {
    return units.of(contentType).reconciler().reconcile(contentType, reason, dryRun);
  }
}

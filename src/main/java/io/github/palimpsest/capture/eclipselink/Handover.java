package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.capture.JtaRegistry;
import io.github.palimpsest.capture.TransactionChanges;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/**
 * Lets a JTA transaction fail whose changes EclipseLink did not hand over for writing: an
 * application that begins EclipseLink's own transaction twice gets no pre-commit event, and its
 * rows would be committed without their events. Runs after EclipseLink's synchronization, which was
 * registered first (Jakarta Transactions 2.0, interposed synchronizations).
 */
final class Handover implements Synchronization {
  private final TransactionSynchronizationRegistry registry;
  private final Supplier<TransactionChanges> changes;

  private Handover(
      TransactionSynchronizationRegistry registry, Supplier<TransactionChanges> changes) {
    this.registry = registry;
    this.changes = changes;
  }

  /**
   * Watches over the active JTA transaction.
   *
   * @param changes those that are not handed over yet
   */
  static void watch(Supplier<TransactionChanges> changes) {
    TransactionSynchronizationRegistry registry = JtaRegistry.find();
    registry.registerInterposedSynchronization(new Handover(registry, changes));
  }

  @Override
  public void beforeCompletion() {
    boolean willCommit = registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    TransactionChanges left = changes.get();
    if (willCommit && (left.spilled() > 0 || !left.events().isEmpty())) {
      throw new CaptureFailedException(
          "EclipseLink did not tell of the commit: its transaction was begun more than once.",
          null);
    }
  }

  @Override
  public void afterCompletion(int status) {
    changes.get().clear();
  }
}

package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.capture.TransactionChanges;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Lets a JTA transaction fail whose changes EclipseLink did not hand over for writing: an
 * application that begins EclipseLink's own transaction twice gets no pre-commit event, and its
 * rows would be committed without their events. Runs after EclipseLink's synchronization, which was
 * registered first (Jakarta Transactions 2.0, interposed synchronizations).
 */
final class Handover implements Synchronization {
  private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

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
    TransactionSynchronizationRegistry registry = registry();
    registry.registerInterposedSynchronization(new Handover(registry, changes));
  }

  /** Returns the registry of the active JTA transaction. */
  @SuppressWarnings("BanJNDI") // a constant name of the specification, no input
  static TransactionSynchronizationRegistry registry() {
    try {
      return InitialContext.doLookup(REGISTRY);
    } catch (NamingException e) {
      throw new CaptureFailedException("There is no " + REGISTRY + " to watch the commit.", e);
    }
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

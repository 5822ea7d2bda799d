package io.github.palimpsest.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Runs work within the active JTA transaction, or one of its own; or always one of its own. */
@ApplicationScoped
class JtaTransactions {
  @Transactional
  <R> R call(Supplier<R> work) {
    return work.get();
  }

  /** The active transaction waits meanwhile. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  <R> R callAlone(Supplier<R> work) {
    return work.get();
  }
}

package io.github.palimpsest.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * The one transaction of a job. It is a bean of its own, because CDI takes a call that a bean makes
 * to itself for one without interceptors, and within this transaction others begin and end.
 */
@ApplicationScoped
class JobScope {
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  <R> R call(Supplier<R> work) {
    return work.get();
  }
}

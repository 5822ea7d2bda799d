package io.github.palimpsest.rest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An error that someone must look at: the caller gets its number, the log the rest. */
final class Incident {
  private static final System.Logger LOG = System.getLogger(Incident.class.getName());

  private Incident() {}

  /** Logs the exception under a new number and returns the problem with that number. */
  static Problem report(@Nullable Throwable thrown) {
    String number = "urn:uuid:" + UUID.randomUUID();
    LOG.log(System.Logger.Level.ERROR, "A request failed, " + number, thrown);
    return Explainer.internal().at(number);
  }
}

package io.github.palimpsest.container;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What MicroProfile Config says of jobs. */
@Dependent
class JobSettings {
  /** How long the transaction of a job may take; the server's own limit does not hold for it. */
  @Inject
  @ConfigProperty(name = "palimpsest.jobs.timeout", defaultValue = "PT24H")
  Duration timeout;

  /** How long a job is kept after its end. */
  @Inject
  @ConfigProperty(name = "palimpsest.jobs.retention", defaultValue = "P30D")
  Duration retention;

  /** How many run at a time on this node; each has two connections while it says how far it is. */
  @Inject
  @ConfigProperty(name = "palimpsest.jobs.running", defaultValue = "2")
  int running;

  /**
   * Returns how many run at a time.
   *
   * @throws IllegalArgumentException if it is none
   */
  int running() {
    if (running < 1) {
      throw new IllegalArgumentException(
          "palimpsest.jobs.running must be 1 or more, was " + running);
    }
    return running;
  }

  /**
   * Returns the limit as {@code UserTransaction} takes it.
   *
   * @throws IllegalArgumentException if it is less than a second
   */
  int timeoutSeconds() {
    if (timeout.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "palimpsest.jobs.timeout must be PT1S or more, was " + timeout);
    }
    return Math.toIntExact(timeout.toSeconds());
  }
}

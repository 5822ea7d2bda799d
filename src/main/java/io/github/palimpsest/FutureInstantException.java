package io.github.palimpsest;

import java.time.Instant;

/** The instant asked for has not come yet by the database clock: HTTP 400. */
public final class FutureInstantException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final Instant asOf;

  /** Creates the exception for one instant. */
  public FutureInstantException(Instant asOf, Instant now) {
    super("%s has not come yet: the database clock is at %s.".formatted(asOf, now), null);
    this.asOf = asOf;
  }

  /** Returns the instant asked for. */
  public Instant asOf() {
    return asOf;
  }
}

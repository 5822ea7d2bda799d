package io.github.palimpsest;

import java.time.Duration;

/** Transactions that may still add to the answer did not end in time: HTTP 503, ask again. */
public final class NotSettledException extends HistoryException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception after so long a wait. */
  public NotSettledException(Duration waited) {
    super(
        "Transactions that were being committed did not end within %s; ask again."
            .formatted(waited),
        null);
  }
}

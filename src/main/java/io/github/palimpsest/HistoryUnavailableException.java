package io.github.palimpsest;

/** The database could not answer: HTTP 500. */
public final class HistoryUnavailableException extends HistoryException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with what the database said. */
  public HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

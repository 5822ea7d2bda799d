package io.github.palimpsest;

import org.jspecify.annotations.Nullable;

/**
 * A change could not be recorded, so the business transaction rolls back. The message names type,
 * id and attribute, never the value.
 */
public final class CaptureFailedException extends HistoryException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public CaptureFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

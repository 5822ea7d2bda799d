package io.github.palimpsest;

/**
 * The rows of a content type cannot be read as states by SQL, so neither a baseline nor a drift
 * check is possible: HTTP 409.
 */
public final class InexpressibleTypeException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final String contentType;

  /** Creates the exception; the message of {@code cause} names the attribute, never a value. */
  public InexpressibleTypeException(String contentType, IllegalArgumentException cause) {
    super(
        "The rows of %s cannot be read as states: %s.".formatted(contentType, cause.getMessage()),
        cause);
    this.contentType = contentType;
  }

  /** Returns the content type asked for. */
  public String contentType() {
    return contentType;
  }
}

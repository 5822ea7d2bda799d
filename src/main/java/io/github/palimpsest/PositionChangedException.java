package io.github.palimpsest;

/**
 * The object is not at the position the caller expected: HTTP 412, safe to read again and retry.
 */
public final class PositionChangedException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final long expected;
  private final long actual;

  /** Creates the exception for one object. */
  public PositionChangedException(String contentType, String objectId, long expected, long actual) {
    super(
        "Expected %s/%s at position %d but it is at %d."
            .formatted(contentType, objectId, expected, actual),
        null);
    this.expected = expected;
    this.actual = actual;
  }

  /** Returns the position the caller expected. */
  public long expected() {
    return expected;
  }

  /** Returns the position of the object's last state change, 0 if it has none. */
  public long actual() {
    return actual;
  }
}

package io.github.palimpsest;

/**
 * More objects hang together than may be loaded at once: HTTP 422. Ask for less, or for states
 * without what they refer to.
 */
public final class TooManyObjectsException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * Creates the exception.
   *
   * @param most how many may be loaded
   */
  public TooManyObjectsException(int most) {
    super("More than %d objects refer to each other: ask for fewer.".formatted(most), null);
    this.most = most;
  }

  /** Returns how many may be loaded. */
  public int most() {
    return most;
  }
}

package io.github.palimpsest.rest;

/** A body is larger than any resource reads: HTTP 413. */
final class BodyTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int largest) {
    super("The body must have at most %d bytes.".formatted(largest));
  }
}

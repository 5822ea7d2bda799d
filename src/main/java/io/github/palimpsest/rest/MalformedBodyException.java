package io.github.palimpsest.rest;

import org.jspecify.annotations.Nullable;

/** A body is not what the resource reads: HTTP 400. */
final class MalformedBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBodyException(String detail, @Nullable Throwable cause) {
    super(detail, cause);
  }
}

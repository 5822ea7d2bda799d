package io.github.palimpsest.rest;

import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers what Bean Validation refuses as {@link ThrowableMapper} does. Register both: Jersey has a
 * mapper of its own for this exception, which answers 400 without a body.
 */
@Priority(1)
public final class ValidationFailureMapper
    implements ExceptionMapper<ConstraintViolationException> {
  private final ThrowableMapper mapper = new ThrowableMapper();

  /** Creates the mapper; the container does. */
  public ValidationFailureMapper() {}

  /** Returns which attributes were refused. */
  @Override
  public Response toResponse(ConstraintViolationException thrown) {
    return mapper.toResponse(thrown);
  }
}

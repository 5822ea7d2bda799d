package io.github.palimpsest.rest;

import jakarta.annotation.Priority;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers a failed commit as {@link ThrowableMapper} does. Register both: Jersey has a mapper of
 * its own for this exception, which answers with whatever {@code WebApplicationException} last left
 * a transactional method on the same thread, maybe of an earlier request, and sends 200 without a
 * body because that response is closed.
 */
@Priority(1)
public final class CommitFailureMapper implements ExceptionMapper<TransactionalException> {
  private final ThrowableMapper mapper = new ThrowableMapper();

  /** Creates the mapper; the container does. */
  public CommitFailureMapper() {}

  /** Returns what the caller may know of the cause. */
  @Override
  public Response toResponse(TransactionalException thrown) {
    return mapper.toResponse(thrown);
  }
}

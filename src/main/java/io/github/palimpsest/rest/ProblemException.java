package io.github.palimpsest.rest;

import jakarta.ws.rs.WebApplicationException;

/** Ends a request with a {@link Problem}; for resources, filters and parameter converters. */
public final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception that is answered with {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.detail(), problem.respond().build());
  }

  /** Returns a problem of one type; {@code detail} says what went wrong, without values. */
  public static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(Problem.of(type, detail));
  }

  /** Returns 400 for a parameter of the path, the query or the header, by its name. */
  public static ProblemException malformedParameter(String name, String detail) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED_PARAMETER, detail).with("parameter", name));
  }

  /** Returns 400 for a body that is not what the resource reads. */
  public static ProblemException malformedBody(String detail) {
    return of(ProblemType.MALFORMED_BODY, detail);
  }
}

package io.github.palimpsest.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers every exception with a {@link Problem}. Register it by class: it is no {@code @Provider},
 * so that it does not take over the errors of other applications in the same archive.
 */
public final class ThrowableMapper implements ExceptionMapper<Throwable> {
  /** Creates the mapper; the container does. */
  public ThrowableMapper() {}

  /**
   * Returns what the caller may know of it. A {@link WebApplicationException} keeps its status and
   * header fields; what nobody expected is logged and becomes 500 with the number of the incident.
   */
  @Override
  public Response toResponse(Throwable thrown) {
    for (Throwable cause : Explainer.causes(thrown)) {
      if (cause instanceof WebApplicationException exception
          && exception.getResponse().getStatus() != 500) {
        return keep(exception);
      }
    }
    Problem problem = Explainer.explain(thrown);
    return (problem.status() == 500 ? Incident.report(thrown) : problem).respond().build();
  }

  private static Response keep(WebApplicationException exception) {
    Response response = exception.getResponse();
    if (response.getStatus() < 400 || response.hasEntity()) {
      return response;
    }
    Response.ResponseBuilder answer = Problem.ofStatus(response.getStatus()).respond();
    response
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                  && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                answer.header(name, null);
                values.forEach(value -> answer.header(name, value));
              }
            });
    return answer.build();
  }
}

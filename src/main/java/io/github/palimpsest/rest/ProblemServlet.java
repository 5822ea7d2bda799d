package io.github.palimpsest.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the errors that the container finds before or outside JAX-RS as {@link Problem}s. Name it
 * as the location of an {@code error-page}; asked directly it does not exist.
 */
public final class ProblemServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Creates the servlet; the container does. */
  public ProblemServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = problem(request);
    response.setStatus(problem.status());
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED
        && !response.containsHeader("WWW-Authenticate")) {
      response.setHeader("WWW-Authenticate", Problem.CHALLENGE);
    }
    response.setContentType(Problem.MEDIA_TYPE);
    // not the writer: it would add the container's default charset to the media type
    byte[] body = problem.toJson().toString().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Problem problem(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.ERROR
        && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        && status >= 400) {
      return status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR
          ? Incident.report((Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))
          : Problem.ofStatus(status);
    }
    return Problem.ofStatus(HttpServletResponse.SC_NOT_FOUND);
  }
}

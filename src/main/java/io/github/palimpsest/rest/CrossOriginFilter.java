package io.github.palimpsest.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins ask (Fetch Standard, CORS protocol), if {@code palimpsest.cors} names
 * them; by default none. There is no wildcard: callers send credentials. Register it by class: it
 * is no {@code @Provider}, so that it does not open other applications in the same archive.
 */
@PreMatching
@ApplicationScoped
public class CrossOriginFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String ORIGIN = "Origin";
  private static final String ASKED_METHOD = "Access-Control-Request-Method";

  @Inject
  @ConfigProperty(name = "palimpsest.cors")
  Optional<String> origins;

  /** Called by the container. */
  public CrossOriginFilter() {}

  /** Answers a preflight request of an origin that is named; browsers send it without login. */
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.OPTIONS)
        && request.getHeaderString(ASKED_METHOD) != null
        && isNamed(request.getHeaderString(ORIGIN))) {
      request.abortWith(
          Response.noContent()
              .header("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE")
              .header(
                  "Access-Control-Allow-Headers",
                  "Authorization, Content-Type, If-Match, If-None-Match, Accept-Datetime, Prefer,"
                      + " Audit-Reason, Last-Event-ID, traceparent")
              .header("Access-Control-Max-Age", 600)
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (origins.isEmpty()) {
      return;
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.add(HttpHeaders.VARY, ORIGIN);
    String origin = request.getHeaderString(ORIGIN);
    if (isNamed(origin)) {
      headers.putSingle("Access-Control-Allow-Origin", origin);
      headers.putSingle("Access-Control-Allow-Credentials", "true");
      headers.putSingle(
          "Access-Control-Expose-Headers",
          "ETag, Link, Location, Memento-Datetime, Preference-Applied, Retry-After");
    }
  }

  private boolean isNamed(@Nullable String origin) {
    List<String> named = Arrays.asList(origins.orElse("").trim().split("\\s*,\\s*"));
    return origin != null && !origin.isEmpty() && named.contains(origin);
  }
}

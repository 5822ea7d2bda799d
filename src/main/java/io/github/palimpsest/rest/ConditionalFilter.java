package io.github.palimpsest.rest;

import jakarta.json.JsonStructure;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what is read conditional (RFC 9110 §13): each answer whose body is known gets a strong
 * ETag, its hash after what the resource gave as one, and what the caller has already is answered
 * with 304. What an answer varies by, that it is for its caller alone, and whether it is
 * compressed, is said here.
 */
@RoleChecked
@Provider
public class ConditionalFilter implements ContainerResponseFilter {
  private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int TAG_BYTES = 16;
  private static final int WORTH_COMPRESSING = 1000;

  /** Called by the container. */
  public ConditionalFilter() {}

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!SAFE.contains(request.getMethod())
        || response.getStatus() != Response.Status.OK.getStatusCode()
        || !(response.getEntity() instanceof JsonStructure
            || response.getEntity() instanceof String)) {
      return;
    }
    String body = response.getEntity().toString();
    response.setEntity(body, null, response.getMediaType());
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle(HttpHeaders.VARY, vary(headers));
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
    String tag = tag(response, body);
    if (body.length() >= WORTH_COMPRESSING
        && ContentCoding.acceptsGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
      headers.putSingle(HttpHeaders.CONTENT_ENCODING, ContentCoding.GZIP);
      tag += ContentCoding.TAG_SUFFIX;
    }
    EntityTag sent = new EntityTag(tag);
    headers.putSingle(HttpHeaders.ETAG, sent);
    Response.ResponseBuilder failed = request.getRequest().evaluatePreconditions(sent);
    if (failed != null) {
      end(response, failed.build().getStatus());
    }
  }

  private static String vary(MultivaluedMap<String, Object> headers) {
    Stream<String> said =
        headers.getOrDefault(HttpHeaders.VARY, List.of()).stream()
            .flatMap(each -> Stream.of(each.toString().split("\\s*,\\s*")));
    return Stream.concat(said, Stream.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String tag(ContainerResponseContext response, String body) {
    String digest = digest(response.getMediaType() + "\n" + body);
    return response.getEntityTag() == null
        ? digest
        : response.getEntityTag().getValue() + "-" + digest;
  }

  private static void end(ContainerResponseContext response, int status) {
    response.setStatus(status);
    response.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
    if (status == ProblemType.PRECONDITION_FAILED.status()) {
      Response problem =
          Problem.of(ProblemType.PRECONDITION_FAILED, "The answer has another ETag.")
              .respond()
              .build();
      response.setEntity(problem.getEntity(), null, problem.getMediaType());
    } else {
      response.setEntity(null);
      response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

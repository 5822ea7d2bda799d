package io.github.palimpsest.rest;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error as HTTP tells it (RFC 9457). It holds ids and names, never states, SQL or stack traces.
 *
 * @param type relative URI of a {@link ProblemType}, or {@code about:blank}
 * @param title the same for all problems of the type
 * @param status HTTP status, 400 to 599
 * @param detail what went wrong here and what to do, or null
 * @param instance URI of this one occurrence, or null
 * @param extensions further members, such as {@code parameter} and {@code conflicts}
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    JsonObject extensions) {

  /** The media type of every error. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static final String CHALLENGE = "Basic realm=\"palimpsest\"";

  private static final Set<String> MEMBERS =
      Set.of("type", "title", "status", "detail", "instance");
  private static final Map<Integer, ProblemType> BY_STATUS =
      Map.of(
          401, ProblemType.UNAUTHENTICATED,
          403, ProblemType.FORBIDDEN,
          404, ProblemType.NOT_FOUND,
          405, ProblemType.METHOD_NOT_ALLOWED,
          406, ProblemType.NOT_ACCEPTABLE,
          413, ProblemType.TOO_LARGE,
          415, ProblemType.UNSUPPORTED_MEDIA_TYPE,
          500, ProblemType.INTERNAL);
  private static final JsonProvider JSON = JsonProvider.provider();

  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400 to 599, was " + status);
    }
    if (!Collections.disjoint(MEMBERS, extensions.keySet())) {
      throw new IllegalArgumentException(
          "extensions must not be named as members are, were " + extensions.keySet());
    }
  }

  /** Returns a problem of one type, without extensions. */
  public static Problem of(ProblemType type, @Nullable String detail) {
    return new Problem(
        type.uri(), type.title(), type.status(), detail, null, JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Returns what is known of an error of which only the status is: at least its title. */
  static Problem ofStatus(int status) {
    ProblemType type = BY_STATUS.get(status);
    return type == null
        ? new Problem(
            "about:blank", phrase(status), status, null, null, JsonValue.EMPTY_JSON_OBJECT)
        : of(type, null);
  }

  private static String phrase(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Status " + status : known.getReasonPhrase();
  }

  /** Returns this problem with one extension more, or another value for it. */
  public Problem with(String name, JsonValue value) {
    JsonObject extended = JSON.createObjectBuilder(extensions).add(name, value).build();
    return new Problem(type, title, status, detail, instance, extended);
  }

  /** Returns this problem with one extension more, or another value for it. */
  public Problem with(String name, String value) {
    return with(name, JSON.createValue(value));
  }

  /** Returns this problem as one occurrence, named by a URI. */
  Problem at(String occurrence) {
    return new Problem(type, title, status, detail, occurrence, extensions);
  }

  /** Returns the members in the order of this record, absent ones left out. */
  public JsonObject toJson() {
    JsonObjectBuilder members =
        JSON.createObjectBuilder().add("type", type).add("title", title).add("status", status);
    if (detail != null) {
      members.add("detail", detail);
    }
    if (instance != null) {
      members.add("instance", instance);
    }
    extensions.forEach(members::add);
    return members.build();
  }

  /** Returns the answer to send: status, body, and the header fields that the status demands. */
  Response.ResponseBuilder respond() {
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(toJson().toString());
    if (status == ProblemType.UNAUTHENTICATED.status()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    if (status == ProblemType.NOT_SETTLED.status()) {
      response.header(HttpHeaders.RETRY_AFTER, 1);
    }
    return response;
  }
}

package io.github.palimpsest.rest;

import java.util.Locale;

/** The kinds of errors in HTTP answers; their URIs never change. */
public enum ProblemType {
  UNKNOWN_TYPE("Unknown content type", 404),
  UNKNOWN_OBJECT("Unknown object", 404),
  UNKNOWN_ATTRIBUTE("Unknown attribute", 404),
  UNKNOWN_TRANSACTION("Unknown transaction", 404),
  UNKNOWN_JOB("Unknown job", 404),
  REMOVED_OBJECT("Removed object", 410),
  MALFORMED_PARAMETER("Malformed parameter", 400),
  MALFORMED_BODY("Malformed body", 400),
  FUTURE_INSTANT("Instant that has not come yet", 400),
  NOT_SETTLED("Transactions have not settled", 503),
  TOO_MANY_STREAMS("Too many connected clients", 503),
  PRECONDITION_FAILED("Precondition failed", 412),
  CONFLICT("Conflict with the present state", 409),
  MISSING_REFERENCE("Referenced objects do not exist", 409),
  CONSTRAINT("Constraint of the database violated", 409),
  TOO_MANY_OBJECTS("Too many objects", 422),
  UNREADABLE_STATE("Stored state cannot be read", 409),
  INEXPRESSIBLE_TYPE("Rows that cannot be read as states", 409),
  UNAUTHENTICATED("Authentication required", 401),
  FORBIDDEN("Role missing", 403),
  NOT_FOUND("Not found", 404),
  METHOD_NOT_ALLOWED("Method not allowed", 405),
  NOT_ACCEPTABLE("No acceptable representation", 406),
  UNSUPPORTED_MEDIA_TYPE("Unsupported media type", 415),
  TOO_LARGE("Body too large", 413),
  INTERNAL("Internal error", 500);

  private final String title;
  private final int status;

  ProblemType(String title, int status) {
    this.title = title;
    this.status = status;
  }

  /** Returns the relative URI that names this type: {@code /problems/unknown-type}. */
  public String uri() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what the type means, for people; the same in every answer. */
  public String title() {
    return title;
  }

  /** Returns the HTTP status of every answer of this type. */
  public int status() {
    return status;
  }
}

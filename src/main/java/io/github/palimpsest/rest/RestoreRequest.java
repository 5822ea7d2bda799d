package io.github.palimpsest.rest;

import io.github.palimpsest.AuditContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to restore and why.
 *
 * @param asOf the instant; null if a position is given
 * @param position the position; 0 if an instant is given
 * @param reason recorded with the change
 * @param dryRun whether only to tell what would change
 */
record RestoreRequest(@Nullable Instant asOf, long position, String reason, boolean dryRun) {
  static RestoreRequest ofOne(InputStream body) throws IOException {
    JsonBody json = JsonBody.read(body, "asOf", "position", "reason", "dryRun");
    if (json.has("asOf") == json.has("position")) {
      throw ProblemException.malformedBody("The body must hold either asOf or position.");
    }
    return json.has("position")
        ? new RestoreRequest(null, json.id("position"), reason(json), json.flag("dryRun"))
        : new RestoreRequest(asOf(json), 0, reason(json), json.flag("dryRun"));
  }

  static RestoreRequest ofAll(InputStream body) throws IOException {
    JsonBody json = JsonBody.read(body, "asOf", "reason", "dryRun");
    return new RestoreRequest(asOf(json), 0, reason(json), json.flag("dryRun"));
  }

  private static @Nullable Instant asOf(JsonBody json) {
    return Parameters.instant("asOf", json.text("asOf"));
  }

  /** Returns why, from the field {@code reason}. */
  static String reason(JsonBody json) {
    String reason = json.text("reason");
    if (!AuditContext.isAcceptable(reason)) {
      throw ProblemException.malformedBody(
          "reason must have 1 to %d characters.".formatted(AuditContext.LONGEST));
    }
    return reason;
  }
}

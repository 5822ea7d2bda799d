package io.github.palimpsest.job;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do, and for whom.
 *
 * @param kind {@code restore} or {@code undo}
 * @param target the content type, or the number of the transaction to undo
 * @param body what was asked for
 * @param startedBy whose it is
 */
public record JobRequest(
    String kind,
    String target,
    JsonObject body,
    String reason,
    @Nullable String correlationId,
    String startedBy) {
  /** The restore of objects of a type. */
  public static final String RESTORE = "restore";

  /** The undo of a transaction. */
  public static final String UNDO = "undo";
}

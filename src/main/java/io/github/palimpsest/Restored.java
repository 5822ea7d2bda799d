package io.github.palimpsest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore changed, or would change.
 *
 * @param contentType of the object
 * @param objectId of the object
 * @param asOf the instant whose state was restored; null when a position was asked for
 * @param dryRun whether nothing was written
 * @param changes live value to restored value, by attribute; empty if nothing differed
 */
public record Restored(
    String contentType,
    String objectId,
    @Nullable Instant asOf,
    boolean dryRun,
    List<Change> changes) {
  public Restored {
    changes = List.copyOf(changes);
  }
}

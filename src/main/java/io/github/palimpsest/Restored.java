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
 * @param notRestored masked attributes whose old value is another than the object has, or would
 *     have: history does not know it; a part of an embeddable with a dot
 */
public record Restored(
    String contentType,
    String objectId,
    @Nullable Instant asOf,
    boolean dryRun,
    List<Change> changes,
    List<String> notRestored) {
  public Restored {
    notRestored = List.copyOf(notRestored);
    changes = List.copyOf(changes);
  }
}

package io.github.palimpsest;

import io.github.palimpsest.event.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore changed of one object, or would change.
 *
 * @param contentType of the object
 * @param objectId of the object
 * @param asOf the instant whose state was restored; null when a position was asked for, and for an
 *     undo
 * @param dryRun whether nothing was written
 * @param operation {@code PERSIST} if it came back, {@code UPDATE} if it changed, {@code REMOVE} if
 *     it was removed; null if nothing differed
 * @param changes live value to restored value, by attribute; empty if nothing differed
 * @param notRestored attributes whose old value is another than the object has, or would have:
 *     masked ones, which history does not know (a part of an embeddable with a dot), and those that
 *     no update writes ({@code updatable = false})
 */
public record Restored(
    String contentType,
    String objectId,
    @Nullable Instant asOf,
    boolean dryRun,
    @Nullable Operation operation,
    List<Change> changes,
    List<String> notRestored) {
  public Restored {
    notRestored = List.copyOf(notRestored);
    changes = List.copyOf(changes);
  }
}

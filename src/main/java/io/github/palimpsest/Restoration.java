package io.github.palimpsest;

import java.util.List;

/**
 * What a restore did, or in a dry run would do.
 *
 * @param isDryRun whether nothing was written
 * @param created how many objects came back
 * @param changed how many objects that were there changed
 * @param removed how many objects were removed
 * @param objects the first of these, in the order in which they were looked at, with those that
 *     differ only in masked attributes; a restore of one object has it first in any case
 */
public record Restoration(
    boolean isDryRun, long created, long changed, long removed, List<Restored> objects) {
  public Restoration {
    objects = List.copyOf(objects);
  }
}

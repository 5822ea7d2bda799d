package io.github.palimpsest;

import java.util.List;

/**
 * In what live rows and history differ.
 *
 * @param compared how many objects were looked at
 * @param missing how many have a state in history and no row
 * @param extra how many have a row and no state in history
 * @param different how many have both, and they differ in more than the version attribute
 * @param objects the first of those that differ, in the order of their object ids
 */
public record Drift(
    long compared, long missing, long extra, long different, List<DriftedObject> objects) {
  public Drift {
    objects = List.copyOf(objects);
  }

  /** Returns how many objects differ, listed or not. */
  public long drifted() {
    return missing + extra + different;
  }
}

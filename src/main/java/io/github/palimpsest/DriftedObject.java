package io.github.palimpsest;

import java.util.List;

/**
 * One object in which a live row and history differ.
 *
 * @param objectId the primary key in canonical text
 * @param kind how
 * @param attributes the names of those that differ; empty unless both have a state
 */
public record DriftedObject(String objectId, Kind kind, List<String> attributes) {
  /** How they differ. */
  public enum Kind {
    /** History has a state, there is no row. */
    MISSING,
    /** There is a row, history has no state. */
    EXTRA,
    /** There are both. */
    DIFFERENT
  }

  public DriftedObject {
    attributes = List.copyOf(attributes);
  }
}

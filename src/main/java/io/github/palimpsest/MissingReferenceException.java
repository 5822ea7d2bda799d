package io.github.palimpsest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is to be restored refers to objects that do not exist now: HTTP 409, nothing changed. */
public final class MissingReferenceException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> missing;
  private final ArrayList<String> conflicts;

  /**
   * Creates the exception.
   *
   * @param missing what is not there, as {@code type/id}
   * @param conflicts who refers to what, each a sentence with ids, never values
   */
  public MissingReferenceException(Collection<String> missing, Collection<String> conflicts) {
    super(String.join(" ", conflicts), null);
    this.missing = new ArrayList<>(missing);
    this.conflicts = new ArrayList<>(conflicts);
  }

  /** Returns what is not there, as {@code type/id}. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** Returns who refers to what, each as a sentence. */
  public List<String> conflicts() {
    return List.copyOf(conflicts);
  }
}

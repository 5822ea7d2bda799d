package io.github.palimpsest;

import java.util.ArrayList;
import java.util.List;

/** What was asked cannot be applied to the data as they are now: HTTP 409, nothing changed. */
public final class ConflictException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> conflicts;

  /** Creates the exception; each conflict is a sentence with ids and names, never values. */
  public ConflictException(List<String> conflicts) {
    super(String.join(" ", conflicts), null);
    this.conflicts = new ArrayList<>(conflicts);
  }

  /** Returns each conflict as a sentence. */
  public List<String> conflicts() {
    return List.copyOf(conflicts);
  }
}

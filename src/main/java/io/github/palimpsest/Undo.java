package io.github.palimpsest;

/**
 * How to undo: begin with {@link #because}. Immutable.
 *
 * @param reason recorded with the change
 * @param isDryRun whether only to tell what would change
 * @param isForced whether what changed again later is overwritten, and removed if it was created
 * @param listed how many objects, conflicts and domain events the answer lists at most, of each; it
 *     counts all
 */
public record Undo(String reason, boolean isDryRun, boolean isForced, int listed) {
  /**
   * Checks how.
   *
   * @throws IllegalArgumentException if the reason cannot be stored
   */
  public Undo {
    if (!AuditContext.isAcceptable(reason)) {
      throw new IllegalArgumentException(
          "reason must have 1 to %d characters, not all blank, and no control characters"
              .formatted(AuditContext.LONGEST));
    }
    if (listed < 0) {
      throw new IllegalArgumentException("listed must be 0 or more, was " + listed);
    }
  }

  /** Returns the undo that leaves alone what changed again later. */
  public static Undo because(String reason) {
    return new Undo(reason, false, false, Restore.DEFAULT_LISTED);
  }

  /** Returns this, but only told, not done. */
  public Undo dryRun() {
    return new Undo(reason, true, isForced, listed);
  }

  /** Returns this, over what changed again later. */
  public Undo force() {
    return new Undo(reason, isDryRun, true, listed);
  }

  /**
   * Returns this, with at most so many objects, conflicts and domain events listed in the answer.
   */
  public Undo listing(int objects) {
    return new Undo(reason, isDryRun, isForced, objects);
  }
}

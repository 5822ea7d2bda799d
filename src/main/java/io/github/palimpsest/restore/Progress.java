package io.github.palimpsest.restore;

import java.util.function.LongSupplier;

/** Is told how far a restore is, between its batches. */
@FunctionalInterface
public interface Progress {
  /** Returns what takes no note. */
  static Progress none() {
    return (phase, done, total) -> {};
  }

  /**
   * Takes note.
   *
   * @param done how many objects have been looked at
   * @param total asked only if it matters: how many there are to look at, at most
   * @throws RuntimeException to end the restore, whose transaction has to be rolled back then
   */
  void reached(Phase phase, long done, LongSupplier total);

  /** What a restore is at. */
  enum Phase {
    /** Finds what has to go, and removes what nothing refers to. */
    REMOVING,
    /** Creates and changes objects. */
    RESTORING,
    /** Sets the references that had to wait, and removes the rest. */
    COMPLETING
  }
}

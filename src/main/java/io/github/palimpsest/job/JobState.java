package io.github.palimpsest.job;

import java.util.Locale;

/** How far a job is. */
public enum JobState {
  /** Waits for a thread. */
  QUEUED,
  /** Is being done, in a transaction that is not committed yet. */
  RUNNING,
  /** Done and committed. */
  DONE,
  /** Ended by a problem; nothing was changed. */
  FAILED,
  /** Ended because somebody wanted it; nothing was changed. */
  CANCELLED,
  /** Was running when its server died; nothing was changed. */
  INTERRUPTED;

  /** Returns the name in answers and in the table. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether it may begin again. */
  public boolean isResumable() {
    return this != RUNNING && this != DONE;
  }

  /** Returns whether there is still something to wait for. */
  public boolean isOpen() {
    return this == QUEUED || this == RUNNING;
  }

  static JobState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}

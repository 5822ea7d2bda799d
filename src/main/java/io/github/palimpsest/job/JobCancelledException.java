package io.github.palimpsest.job;

/** Ends the work of a job that somebody cancelled, or that is somebody else's by now. */
public final class JobCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates it. */
  public JobCancelledException() {
    super("The job was cancelled.");
  }
}

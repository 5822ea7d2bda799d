package io.github.palimpsest.container;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many run at a time; the others wait their turn, first come first served. A thread
 * goes on with the next: what is begun from a job's thread inherits its invocation, in which the
 * server forbids user transactions. Safe for threads.
 */
final class JobQueue implements Executor {
  private final Executor executor;
  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * Creates it.
   *
   * @param executor has the threads
   * @param most how many run at a time, 1 or more
   */
  JobQueue(Executor executor, int most) {
    this.executor = executor;
    this.most = most;
  }

  /**
   * Runs it as soon as there is a place.
   *
   * @throws RejectedExecutionException if it could run now and the executor takes no more
   */
  @Override
  public synchronized void execute(Runnable job) {
    waiting.add(job);
    if (running < most) {
      try {
        begin();
      } catch (RejectedExecutionException e) {
        waiting.remove(job);
        throw e;
      }
    }
  }

  private void begin() {
    executor.execute(this::work);
    running++;
  }

  private void work() {
    boolean isThrough = false;
    try {
      for (Runnable job = next(); job != null; job = next()) {
        job.run();
      }
      isThrough = true;
    } finally {
      if (!isThrough) {
        leave();
      }
    }
  }

  /** Returns the one whose turn it is; null if there is none, and the thread leaves its place. */
  private synchronized @Nullable Runnable next() {
    Runnable job = waiting.poll();
    if (job == null) {
      running--;
    }
    return job;
  }

  private synchronized void leave() {
    running--;
    if (!waiting.isEmpty()) {
      begin();
    }
  }
}

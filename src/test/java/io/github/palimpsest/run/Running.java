package io.github.palimpsest.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one thread has started. It is stopped in reverse order when the JVM ends: normally, by
 * {@code System.exit}, by Ctrl-C (SIGINT) or by SIGTERM.
 *
 * <p>A stop that arrives while something is starting waits until that has started, so that nothing
 * half-started is left behind.
 */
final class Running {
  // Ctrl-C reaches the child processes too, and one that is gone would be waited for in vain.
  private static final int SECONDS_TO_START = 5;

  private final Thread starter = Thread.currentThread();
  private final ReentrantLock starting = new ReentrantLock();
  private final Deque<Runnable> stops = new ArrayDeque<>();
  private volatile boolean stopping;

  private Running() {}

  /** Returns a list of nothing yet, for the calling thread to start things. */
  static Running untilExit() {
    Running running = new Running();
    Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "stop"));
    return running;
  }

  /**
   * Starts one thing more.
   *
   * @throws StartFailure if the JVM is ending; what has started is stopped all the same
   */
  <T> T start(Supplier<T> start, Consumer<T> stop) {
    starting.lock();
    try {
      requireNotStopping();
      T started = start.get();
      stops.push(() -> stop.accept(started));
      requireNotStopping();
      return started;
    } finally {
      starting.unlock();
    }
  }

  private void requireNotStopping() {
    if (stopping) {
      throw new StartFailure("Stopped before everything had started.");
    }
  }

  /**
   * Whether the JVM is ending. Ctrl-C may have reached a child process first, so it waits a bit.
   */
  boolean isStopping() throws InterruptedException {
    if (!stopping) {
      TimeUnit.MILLISECONDS.sleep(300);
    }
    return stopping;
  }

  private void stop() {
    stopping = true;
    awaitStarted();
    try {
      stopNext();
    } finally {
      starting.unlock();
    }
  }

  private void awaitStarted() {
    try {
      if (starting.tryLock(SECONDS_TO_START, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    starter.interrupt();
    starting.lock();
  }

  private void stopNext() {
    Runnable stop = stops.poll();
    if (stop != null) {
      try {
        stop.run();
      } finally {
        stopNext();
      }
    }
  }
}

package io.github.palimpsest.guard;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Stamp;
import java.time.Duration;
import java.util.Optional;

/**
 * Works in transactions in which no other one can have a stamp: whoever had one has committed and
 * is seen with rows and events alike (ADR 0009). Safe for threads.
 */
final class HeldWriters {
  private final Connections connections;
  private final Duration timeout;

  /**
   * Creates it.
   *
   * @param connections each call must be a transaction of its own
   * @param timeout how long to wait for transactions being committed
   */
  HeldWriters(Connections connections, Duration timeout) {
    this.connections = connections;
    this.timeout = timeout;
  }

  /**
   * Returns what {@code work} returns. Afterwards the writers have as much time for themselves as
   * this took.
   *
   * @throws NotSettledException if transactions being committed did not end in time
   */
  <R> R call(Connections.Work<R> work) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Optional<R> result = tryToCall(work);
    while (result.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new NotSettledException(timeout);
      }
      result = tryToCall(work);
    }
    return result.get();
  }

  private <R> Optional<R> tryToCall(Connections.Work<R> work) {
    long start = System.nanoTime();
    Optional<R> result =
        connections.call(
            connection ->
                Stamp.holdWriters(connection)
                    ? Optional.of(work.on(connection))
                    : Optional.empty());
    pause(Duration.ofNanos(System.nanoTime() - start));
    return result;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("The server is stopping.", e);
    }
  }
}

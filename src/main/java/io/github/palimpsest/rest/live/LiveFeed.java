package io.github.palimpsest.rest.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.rebuild.Rebuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one database and the one that looks for them whether there is something new. Safe
 * for threads.
 */
final class LiveFeed {
  private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());
  private static final EventQuery NEWEST = EventQuery.all().newestFirst().first(1);

  private final Rebuilder rebuilder;
  private final Executor executor;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isLooking = new AtomicBoolean();
  private final AtomicBoolean hasJoined = new AtomicBoolean();
  private volatile boolean isFailing;
  private @Nullable EventCursor newest;

  LiveFeed(Rebuilder rebuilder, Executor executor) {
    this.rebuilder = rebuilder;
    this.executor = executor;
  }

  /** Takes a client in; the next look reads for it. */
  void join(EventStream stream) {
    streams.add(stream);
    hasJoined.set(true);
  }

  void leave(EventStream stream) {
    streams.remove(stream);
  }

  void stop() {
    streams.forEach(EventStream::stop);
  }

  /** Looks after the clients, and for new events if somebody waits for them. */
  void tick() {
    each(EventStream::tick);
    if (!streams.isEmpty() && isLooking.compareAndSet(false, true)) {
      try {
        executor.execute(this::look);
      } catch (RejectedExecutionException e) {
        LOG.log(DEBUG, "The server is stopping", e);
        isLooking.set(false);
      }
    }
  }

  /** Must go on whatever happens: the database may be away, or a transaction not end. */
  private void look() {
    boolean isDue = hasJoined.getAndSet(false);
    try {
      Instant settled = rebuilder.settled(null);
      boolean isForAll = isNew(settled) || isDue;
      each(
          stream -> {
            if (isForAll || stream.endsBefore(settled)) {
              stream.wake(settled);
            }
          });
      isFailing = false;
    } catch (RuntimeException e) {
      hasJoined.set(true);
      LOG.log(isFailing ? DEBUG : WARNING, "Cannot look for new events; the next look may", e);
      isFailing = true;
    } finally {
      isLooking.set(false);
    }
  }

  /** One client's failure must not end the ticking for all. */
  private void each(Consumer<EventStream> work) {
    for (EventStream stream : streams) {
      try {
        work.accept(stream);
      } catch (RuntimeException | Error e) {
        stream.fail(e);
      }
    }
  }

  /** Who looks is alone. */
  private boolean isNew(Instant settled) {
    Optional<EventCursor> latest =
        rebuilder.events(NEWEST, settled).stream().map(EventCursor::of).findFirst();
    boolean isNew = latest.isPresent() && !latest.get().equals(newest);
    newest = latest.orElse(null);
    return isNew;
  }
}

package io.github.palimpsest.rest.live;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.event.Event;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All clients of the application that stay connected. Only so many are let in; while there are any,
 * each database is looked at every {@code palimpsest.feed.interval}. No thread belongs to a client.
 */
@ApplicationScoped
public class LiveFeeds {
  @Resource ManagedExecutorService executor;
  @Resource ManagedScheduledExecutorService scheduler;
  @Inject StreamLimits limits;

  private final Map<AuditedUnit, LiveFeed> feeds = new ConcurrentHashMap<>();
  private int clients;
  private @Nullable Future<?> ticking;

  /** Called by the container. */
  public LiveFeeds() {}

  @PostConstruct
  void check() {
    limits.check();
  }

  /**
   * Lets a client in, which gets what the subscription finds until one of them ends it.
   *
   * @param database the one unit that stands for its database
   * @param json an event as one line
   * @param answer suspended; resumed when the client has to go
   * @param request what is suspended
   * @return false if there are too many already
   * @throws IOException if the client is gone
   */
  public boolean open(
      AuditedUnit database,
      Subscription subscription,
      Function<Event, String> json,
      AsyncResponse answer,
      AsyncContext request)
      throws IOException {
    LiveFeed feed =
        feeds.computeIfAbsent(database, unit -> new LiveFeed(unit.rebuilder(), executor));
    EventStream stream =
        new EventStream(
            subscription, json, limits, answer, request, executor, ended -> leave(feed, ended));
    if (!enter()) {
      return false;
    }
    feed.join(stream);
    stream.start();
    return true;
  }

  private synchronized boolean enter() {
    if (clients == limits.clients) {
      return false;
    }
    clients++;
    if (ticking == null) {
      long millis = limits.interval.toMillis();
      ticking = scheduler.scheduleWithFixedDelay(this::tick, 0, millis, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private synchronized void leave(LiveFeed feed, EventStream stream) {
    feed.leave(stream);
    clients--;
    if (clients == 0 && ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  private void tick() {
    feeds.values().forEach(LiveFeed::tick);
  }

  @PreDestroy
  void stop() {
    feeds.values().forEach(LiveFeed::stop);
  }
}

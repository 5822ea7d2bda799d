package io.github.palimpsest.rest.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.event.Event;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client that stays connected. It has one page in memory at most: the next is read when the
 * container has taken the one before, and the container takes no more than the connection does
 * (Jakarta Servlet 6.0 §3.7, non-blocking I/O). Safe for threads.
 */
final class EventStream implements WriteListener, AsyncListener {
  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

  private final Subscription subscription;
  private final Function<Event, String> json;
  private final StreamLimits limits;
  private final AsyncResponse answer;
  private final AsyncContext request;
  private final Outlet outlet;
  private final Executor executor;
  private final Consumer<EventStream> ended;
  private final long begun = System.nanoTime();

  private boolean isReading;
  private boolean isLast;
  private boolean isEnded;
  private Instant settled = Instant.MIN;
  private Instant read = Instant.MIN;

  EventStream(
      Subscription subscription,
      Function<Event, String> json,
      StreamLimits limits,
      AsyncResponse answer,
      AsyncContext request,
      Executor executor,
      Consumer<EventStream> ended)
      throws IOException {
    this.subscription = subscription;
    this.json = json;
    this.limits = limits;
    this.answer = answer;
    this.request = request;
    this.outlet = new Outlet(request.getResponse().getOutputStream());
    this.executor = executor;
    this.ended = ended;
    outlet.put(ServerSentEvents.begin(StreamLimits.RETRY, subscription.reached()));
  }

  /** Begins to send. */
  synchronized void start() {
    HttpServletResponse response = (HttpServletResponse) request.getResponse();
    response.setContentType(MediaType.SERVER_SENT_EVENTS);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    request.addListener(this);
    outlet.listen(this);
  }

  /** Lets it read up to that instant, now or when the client has taken what it was sent. */
  synchronized void wake(Instant latest) {
    if (latest.isAfter(settled)) {
      settled = latest;
    }
    goOn();
  }

  /** Sends a sign of life if it is time, and ends what is too slow, too old or finished. */
  synchronized void tick() {
    if (!outlet.isEmpty() && outlet.hasRestedFor(limits.patience)) {
      LOG.log(DEBUG, "A client that does not take its events is dropped");
      end();
    } else if (outlet.isEmpty() && !isReading && outlet.hasRestedFor(StreamLimits.HEARTBEAT)) {
      send(ServerSentEvents.heartbeat(subscription.reached()));
    }
    goOn();
  }

  /** Returns whether it can end, and knows that only when it has read up to that instant. */
  boolean endsBefore(Instant latest) {
    return subscription.endsBefore(latest);
  }

  /** Ends it for a failure, which is nobody else's. */
  void fail(Throwable failure) {
    LOG.log(WARNING, "A client gets no events any more and has to connect again", failure);
    try {
      end();
    } catch (RuntimeException e) {
      LOG.log(DEBUG, "Its request is gone already", e);
    }
  }

  /** Ends it; the client connects again where it was. */
  synchronized void end() {
    if (leave()) {
      answer.resume(Response.ok().build());
    }
  }

  /** Ends it when JAX-RS is gone already, and could not. */
  synchronized void stop() {
    if (leave()) {
      request.complete();
    }
  }

  private synchronized boolean leave() {
    if (isEnded) {
      return false;
    }
    isEnded = true;
    outlet.clear();
    ended.accept(this);
    return true;
  }

  @Override
  public synchronized void onWritePossible() {
    write();
    goOn();
  }

  @Override
  public void onError(Throwable failure) {
    LOG.log(DEBUG, "A client is gone", failure);
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    leave();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }

  /** Reads on, or ends what is too old, if the client has taken all that it was sent. */
  private void goOn() {
    if (isEnded || isLast || isReading || !outlet.isEmpty()) {
      return;
    }
    if (System.nanoTime() - begun > limits.lifetime.toNanos()) {
      end();
    } else if (settled.isAfter(Instant.MIN) && (subscription.isBehind() || settled.isAfter(read))) {
      isReading = true;
      try {
        executor.execute(this::read);
      } catch (RejectedExecutionException e) {
        LOG.log(DEBUG, "The server is stopping", e);
        end();
      }
    }
  }

  /** Reads without the lock: nothing else touches the subscription meanwhile. */
  private void read() {
    Instant upTo = settled();
    try {
      List<Event> events = subscription.next(upTo);
      readUpTo(upTo, ServerSentEvents.events(events, json));
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized Instant settled() {
    return settled;
  }

  private synchronized void readUpTo(Instant upTo, byte[] events) {
    isReading = false;
    read = upTo;
    if (subscription.isFinished()) {
      isLast = true;
      send(ServerSentEvents.last(events, subscription.reached()));
    } else if (events.length > 0) {
      send(events);
    }
    goOn();
  }

  private void send(byte[] page) {
    if (!isEnded) {
      outlet.put(page);
      write();
    }
  }

  private void write() {
    if (isEnded) {
      return;
    }
    try {
      outlet.write();
      if (isLast && outlet.isEmpty()) {
        end();
      }
    } catch (IOException | IllegalStateException e) {
      onError(e);
    }
  }
}

package io.github.palimpsest.rest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.UnorderedWriters;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients of one database, each of which may fail. The container is played, without JAX-RS: ending
 * a client fails, as it does where the request is gone.
 */
@SuppressWarnings("UnnecessaryAssignment") // no container injects here
class LiveFeedDatabaseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final EventCursor BEGIN = EventCursor.beginningOf(Instant.EPOCH);

  private final StreamLimits limits = new StreamLimits();
  private TestDatabase database;
  private Rebuilder rebuilder;
  private LiveFeed feed;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    rebuilder = new Rebuilder(database.oneConnection(), new EventReader(), PATIENCE);
    feed = new LiveFeed(rebuilder, Runnable::run);
    limits.patience = PATIENCE;
    limits.lifetime = PATIENCE;
  }

  @Test
  void a_stream_ends_after_its_end_though_nothing_happens() throws IOException {
    Instant end = rebuilder.settled(null).plusMillis(500);
    Client client = new Client();
    join(client, end, Event::toString);

    feed.tick();
    assertThat(client.isEnded).isFalse();
    tickUntilEnded(client);
  }

  @Test
  void a_client_that_cannot_be_ended_ends_nothing_for_the_others() throws IOException {
    List<Client> clients = List.of(new Client(), new Client(), new Client());
    for (Client client : clients) {
      join(client, null, Event::toString);
    }
    limits.lifetime = Duration.ZERO;

    feed.tick();

    assertThat(clients).allMatch(client -> client.isEnded);
  }

  @Test
  void a_client_whose_events_cannot_be_told_is_ended_and_others_get_theirs() throws Exception {
    Client failing = new Client();
    join(
        failing,
        null,
        event -> {
          throw new StackOverflowError();
        });
    Client client = new Client();
    join(client, null, event -> "event");
    new UnorderedWriters(database::connect, 1).run(3);

    feed.tick();

    assertThat(failing.isEnded).isTrue();
    assertThat(client.isEnded).isFalse();
    assertThat(client.text.toString()).contains("data: event");
  }

  private void join(Client client, @Nullable Instant end, Function<Event, String> json)
      throws IOException {
    EventStream stream =
        new EventStream(
            new Subscription(rebuilder, EventQuery.all(), BEGIN, end),
            json,
            limits,
            client.answer(),
            client.request(),
            Runnable::run,
            ended -> {
              client.isEnded = true;
              feed.leave(ended);
            });
    feed.join(stream);
    stream.start();
    stream.onWritePossible();
  }

  private void tickUntilEnded(Client client) {
    long begun = System.nanoTime();
    while (!client.isEnded && System.nanoTime() - begun < PATIENCE.toNanos()) {
      feed.tick();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    assertThat(client.isEnded).isTrue();
  }

  /** What the container does for one client. */
  private static final class Client extends ServletOutputStream {
    private final StringBuilder text = new StringBuilder();
    private boolean isEnded;

    AsyncResponse answer() {
      return played(
          AsyncResponse.class,
          method -> {
            throw new IllegalStateException("the request is gone");
          });
    }

    AsyncContext request() {
      HttpServletResponse response =
          played(
              HttpServletResponse.class, method -> method.equals("getOutputStream") ? this : null);
      return played(AsyncContext.class, method -> method.equals("getResponse") ? response : null);
    }

    private static <T> T played(Class<T> part, Function<String, @Nullable Object> methods) {
      return part.cast(
          Proxy.newProxyInstance(
              part.getClassLoader(),
              new Class<?>[] {part},
              (proxy, method, arguments) -> methods.apply(method.getName())));
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      Objects.requireNonNull(listener);
    }

    @Override
    public void write(int octet) {
      text.append((char) octet);
    }
  }
}

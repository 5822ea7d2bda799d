package io.github.palimpsest.rest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.UnorderedWriters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers of a feed whose transactions commit out of the order of their positions. */
class SubscriptionDatabaseTest {
  private static final int READERS = 4;
  private static final int TRANSACTIONS = 1500;
  private static final long SEED = 20261127;
  private static final EventCursor BEGIN = EventCursor.beginningOf(Instant.EPOCH);

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
  }

  @Test
  void each_reader_gets_every_event_once_in_one_order_however_often_it_begins_again()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    List<CompletableFuture<List<Long>>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      Random random = new Random(SEED + reader);
      readers.add(CompletableFuture.supplyAsync(() -> readToEnd(random), threads));
    }

    new UnorderedWriters(database::connect, SEED).run(TRANSACTIONS);

    List<Long> expected = positions("time_created, id");
    assertThat(expected).isNotEqualTo(positions("id"));
    for (CompletableFuture<List<Long>> reader : readers) {
      assertThat(reader.join()).isEqualTo(expected);
    }
    threads.shutdown();
  }

  @Test
  void a_reader_that_finds_nothing_moves_on_with_the_time() {
    Rebuilder rebuilder = rebuilder();
    Subscription subscription = new Subscription(rebuilder, EventQuery.all(), BEGIN, null);
    Instant settled = rebuilder.settled(null);

    assertThat(subscription.next(settled)).isEmpty();

    assertThat(subscription.reached()).isEqualTo(EventCursor.endOf(settled));
    assertThat(subscription.isBehind()).isFalse();
    subscription.next(settled.minusSeconds(1));
    assertThat(subscription.reached()).isEqualTo(EventCursor.endOf(settled));
  }

  @Test
  void it_is_finished_when_nothing_can_come_before_its_end() {
    Rebuilder rebuilder = rebuilder();
    Instant end = rebuilder.settled(null);
    Subscription subscription =
        new Subscription(rebuilder, EventQuery.all().until(end), BEGIN, end);

    subscription.next(end);
    assertThat(subscription.isFinished()).isFalse();

    subscription.next(rebuilder.settled(null));
    assertThat(subscription.isFinished()).isTrue();
  }

  /** Now and then it forgets all but the last event that it has, amid a page. */
  private List<Long> readToEnd(Random random) {
    Rebuilder rebuilder = rebuilder();
    List<Long> found = new ArrayList<>();
    @Nullable Event last = null;
    Subscription subscription = new Subscription(rebuilder, EventQuery.all(), BEGIN, null);
    while (last == null || !UnorderedWriters.END.equals(last.name())) {
      List<Event> page = subscription.next(rebuilder.settled(null));
      boolean isKilled = random.nextInt(4) == 0;
      for (Event event :
          page.subList(0, isKilled ? random.nextInt(page.size() + 1) : page.size())) {
        found.add(event.position());
        last = event;
      }
      if (isKilled) {
        EventCursor begin = last == null ? BEGIN : EventCursor.of(Objects.requireNonNull(last));
        subscription = new Subscription(rebuilder, EventQuery.all(), begin, null);
      }
    }
    return found;
  }

  private Rebuilder rebuilder() {
    return new Rebuilder(database.oneConnection(), new EventReader(), Duration.ofSeconds(30));
  }

  private List<Long> positions(String order) {
    return database.rows("select id from palimpsest.event order by " + order).stream()
        .map(Long::valueOf)
        .toList();
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Drift;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.sessions.Session;
import org.junit.jupiter.api.Test;

/**
 * What a drift check of a million rows takes, half of which have changed once since their baseline.
 * By hand: {@code mvn test -Dtest=DriftBenchmark}, with {@code -Ddrift.rows=…} for another number.
 */
class DriftBenchmark {
  private static final long ROWS = Long.getLong("drift.rows", 1_000_000);
  private static final long DRIFTED = 1000;

  @Test
  void of_many_rows() {
    try (TestUnit unit = TestUnit.open(JpaProvider.ECLIPSELINK, "kinds", Artist.TABLE)) {
      TestDatabase database = unit.database();
      Session session = JpaHelper.getServerSession(unit.factory());
      EntityModels models = EclipseLinkModels.of(session);
      database.execute(
          "insert into ticket select i, 'seat ' || i from generate_series(1, %d) i"
              .formatted(ROWS));
      measure("baseline", () -> baseline(database, models, session).record("ticket", "benchmark"));
      changeHalf(database);
      database.execute("analyze ticket");
      analyzeEvents(database);

      DriftCheck check =
          new DriftCheck(
              database.connections(),
              models,
              model -> EclipseLinkStateSql.rows(session, model),
              borrowed -> new Rebuilder(borrowed, new EventReader(), Duration.ofSeconds(5)));
      assertThat(measure("drift check", () -> check.check("ticket", "", 10)))
          .isEqualTo(new Drift(ROWS, 0, 0, 0, List.of()));
      database.execute("update ticket set seat = 'x' where id <= " + DRIFTED);
      assertThat(measure("drift check", () -> check.check("ticket", "", 10)).different())
          .isEqualTo(DRIFTED);
    }
  }

  private static Baseline baseline(TestDatabase database, EntityModels models, Session session) {
    return new Baseline(
        database.connections(),
        models,
        model -> EclipseLinkStateSql.of(session, model),
        () -> "system:test",
        Duration.ofSeconds(20),
        1000);
  }

  /** As their captured updates would. */
  private static void changeHalf(TestDatabase database) {
    database.execute("update ticket set seat = 'changed ' || id where id % 2 = 0");
    database.execute(
        """
        insert into palimpsest.event (content_type_id, object_id, operation, source, time_created,
          transaction_id, actor, schema_version, body)
        select c.id, t.id::text, 'update', 'jpa', clock_timestamp(), pg_current_xact_id()::text::bigint,
          'benchmark', 3, jsonb_build_object('seat', t.seat)
        from ticket t join palimpsest.content_type c on c.name = 'ticket' where t.id % 2 = 0
        """);
  }

  private static void analyzeEvents(TestDatabase database) {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute("analyze palimpsest.event");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <R> R measure(String what, Supplier<R> work) {
    System.gc();
    AtomicLong highest = new AtomicLong();
    ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> sampling =
        sampler.scheduleAtFixedRate(
            () -> highest.accumulateAndGet(afterCollection(), Math::max),
            0,
            100,
            TimeUnit.MILLISECONDS);
    long allocated = allocated();
    long start = System.nanoTime();
    R result = work.get();
    long millis = (System.nanoTime() - start) / 1_000_000;
    sampling.cancel(true);
    sampler.shutdownNow();
    System.out.printf(
        "%n%s of %,d rows: %,d ms, %,d rows/s, %,d MiB live at most, %,d bytes allocated per row%n",
        what,
        ROWS,
        millis,
        ROWS * 1000 / Math.max(millis, 1),
        highest.get() / 1024 / 1024,
        (allocated() - allocated) / ROWS);
    return result;
  }

  /** What the last garbage collection left. */
  private static long afterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(usage -> usage != null)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}

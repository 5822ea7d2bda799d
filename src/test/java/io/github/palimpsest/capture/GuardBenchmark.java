package io.github.palimpsest.capture;

import static java.util.stream.Collectors.joining;

import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What the guard costs: two databases alike, one with triggers, in turns. By hand: {@code mvn test
 * -Dtest=GuardBenchmark}.
 */
class GuardBenchmark {
  private static final int ROUNDS = 7;
  private static final int SINGLE = 500;
  private static final int MANY = 10_000;

  private final AtomicInteger value = new AtomicInteger();

  @Test
  void of_updates_through_JPA_and_past_it() {
    TestUnit plain = unit(false);
    TestUnit guarded = unit(true);
    Map<String, List<Long>> nanos = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (TestUnit unit : List.of(plain, guarded)) {
        String name = unit == plain ? "without" : "with";
        measure(
            nanos, round, SINGLE + " transactions of one JPA update, " + name, () -> singles(unit));
        measure(nanos, round, "one transaction of 10,000 JPA updates, " + name, () -> many(unit));
        measure(nanos, round, "one SQL update of 10,000 rows, " + name, () -> bulk(unit));
      }
    }
    System.out.println(
        nanos.entrySet().stream()
            .map(each -> "%s: median %d ms".formatted(each.getKey(), median(each.getValue())))
            .collect(joining("\n", "\n", "\n")));
    plain.close();
    guarded.close();
  }

  private static TestUnit unit(boolean isGuarded) {
    TestUnit unit = TestUnit.open(JpaProvider.ECLIPSELINK, "kinds", Artist.TABLE);
    if (isGuarded) {
      TestGuard.of(JpaProvider.ECLIPSELINK, unit, model -> true).install(GuardMode.RECORD);
    }
    unit.database()
        .execute(
            "insert into ticket select i, 'seat' from generate_series(1, %d) i".formatted(MANY));
    unit.database().execute("analyze ticket");
    return unit;
  }

  /** The first round warms up. */
  private static void measure(
      Map<String, List<Long>> nanos, int round, String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    if (round > 0) {
      nanos.computeIfAbsent(what, name -> new ArrayList<>()).add(System.nanoTime() - start);
    }
  }

  private void singles(TestUnit unit) {
    for (long id = 1; id <= SINGLE; id++) {
      long each = id;
      unit.commit(
          em ->
              Objects.requireNonNull(em.find(Ticket.class, each)).seat =
                  "s" + value.incrementAndGet());
    }
  }

  private void many(TestUnit unit) {
    unit.commit(
        em ->
            em.createQuery("select t from Ticket t", Ticket.class)
                .getResultList()
                .forEach(ticket -> ticket.seat = "m" + value.incrementAndGet()));
  }

  private void bulk(TestUnit unit) {
    unit.commit(
        em ->
            em.createNativeQuery(
                    "update ticket set seat = 'b%d'".formatted(value.incrementAndGet()))
                .executeUpdate());
  }

  private static long median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1_000_000;
  }
}

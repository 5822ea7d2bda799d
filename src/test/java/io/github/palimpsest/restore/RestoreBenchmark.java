package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.testing.CountedStatements;
import io.github.palimpsest.testing.JpaProvider;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the restore of 100,000 removed rows with relations takes. By hand: {@code mvn test
 * -Dtest=RestoreBenchmark -DargLine=-Xmx256m -Dobjects=100000}.
 */
class RestoreBenchmark {
  @ParameterizedTest
  @EnumSource(JpaProvider.class)
  void of_removed_rows_with_relations(JpaProvider provider) {
    int objects = Integer.getInteger("objects", 100_000);
    try (Armada armada = new Armada(provider, objects)) {
      Instant then = armada.now();
      List<String> content = armada.content();
      long position = armada.lastPosition();
      armada.sink();

      measure(
          provider + ": restore of " + objects + " removed objects",
          objects,
          () -> {
            Restoration done = armada.restore(then, Execution.BATCH);
            assertThat(done.created()).isEqualTo(objects);
          });
      assertThat(armada.content()).containsExactlyInAnyOrderElementsOf(content);
      // what changes again after it was put aside has a second event
      assertThat(armada.historySince(position)).contains("1 1 all hands persist " + objects);
      armada.add();
      assertThat(armada.statesNow())
          .containsExactly(objects / 10 + 1L, 4 * objects / 10 + 1L, objects / 2 + 1L);

      long transaction = armada.changeAll();
      measure(
          provider + ": undo of " + (4 * objects / 10) + " changes",
          4 * objects / 10,
          () -> assertThat(armada.undo(transaction).conflicts()).isEmpty());
    }
  }

  private static void measure(String what, int objects, Runnable work) {
    long start = System.nanoTime();
    long statements = CountedStatements.of(work);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%s: %.1f s, %.0f objects/s, %.2f statements each, heap at most %d MiB%n",
        what,
        seconds,
        objects / seconds,
        (double) statements / objects,
        Runtime.getRuntime().maxMemory() >> 20);
  }
}

package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Undone;
import io.github.palimpsest.testing.CountedStatements;
import io.github.palimpsest.testing.JpaProvider;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What restores of many objects cost: few statements each, and memory that does not grow. */
class RestoreScaleDatabaseTest {
  private static final int SMALL_BATCH = 50;

  /** A batch of voyages with a ship and a crew of two each, and a captain and mentors of theirs. */
  private static final int MOST_MANAGED = 10 * SMALL_BATCH;

  @ParameterizedTest
  @EnumSource(JpaProvider.class)
  void removed_rows_come_back_with_what_they_need(JpaProvider provider) {
    try (Armada armada = new Armada(provider, 1_500)) {
      Instant then = armada.now();
      List<String> content = armada.content();
      long position = armada.lastPosition();
      armada.sink();

      long statements =
          CountedStatements.of(
              () -> assertThat(armada.restore(then, Execution.BATCH).created()).isEqualTo(1_500));

      assertThat(statements).isLessThan(3 * 1_500);
      assertThat(armada.content()).isEqualTo(content);
      assertThat(armada.historySince(position)).containsExactly("1 1 all hands persist 1500");
      armada.add();
      assertThat(armada.statesNow()).containsExactly(151L, 601L, 751L);

      armada.sink();
      armada.restore(then, SMALL_BATCH);

      assertThat(armada.mostManaged()).isBetween(SMALL_BATCH, MOST_MANAGED);
      assertThat(armada.content()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource(JpaProvider.class)
  void an_undo_reads_the_states_of_many_objects_at_once(JpaProvider provider) {
    try (Armada armada = new Armada(provider, 500)) {
      List<String> content = armada.content();
      long transaction = armada.changeAll();

      long reads =
          armada.readsOf(
              () -> {
                Undone undone = armada.undo(transaction);
                assertThat(undone.restoration().changed()).isEqualTo(200);
                assertThat(undone.conflicts()).isEmpty();
              });

      assertThat(armada.content()).isEqualTo(content);
      assertThat(reads).isLessThan(20);
    }
  }
}

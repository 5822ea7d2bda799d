package io.github.palimpsest.it;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * One step of random work. Its numbers are any; what they mean depends on what is there when it is
 * done, so that a shorter history still means something.
 */
sealed interface GraphStep {
  /** One transaction of the application. */
  record Work(List<Intent> intents, int actor, @Nullable String reason, boolean fails)
      implements GraphStep {}

  /** What is done to an object. */
  record Intent(int kind, int object, int attribute, int value) {}

  /** One object as it was after a commit. */
  record RestoreOne(int object, int commit, boolean isRelated) implements GraphStep {}

  /** All of a type as they were after a commit. */
  record RestoreType(int type, int commit, boolean isExact) implements GraphStep {}

  /** What a commit did. */
  record Undo(int commit, boolean isForced) implements GraphStep {}

  /** Returns histories of so many steps. */
  static Arbitrary<List<GraphStep>> histories(int steps) {
    return Arbitraries.<GraphStep>frequencyOf(
            Tuple.of(14, work()),
            Tuple.of(2, Combinators.combine(any(), any(), flag()).as(RestoreOne::new)),
            Tuple.of(1, Combinators.combine(any(), any(), flag()).as(RestoreType::new)),
            Tuple.of(4, Combinators.combine(any(), flag()).as(Undo::new)))
        .list()
        .ofSize(steps)
        .withoutEdgeCases();
  }

  private static Arbitrary<Work> work() {
    Arbitrary<Intent> intent = Combinators.combine(any(), any(), any(), any()).as(Intent::new);
    return Combinators.combine(
            intent.list().ofMinSize(1).ofMaxSize(6),
            any(),
            Arbitraries.of("audit", "a mistake", "year's end").injectNull(0.3),
            Arbitraries.of(true, false, false, false, false, false, false, false))
        .as(Work::new);
  }

  private static Arbitrary<Integer> any() {
    return Arbitraries.integers()
        .between(0, 9_999)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(true, false);
  }
}

package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.palimpsest.matrix.mapping.Elements;
import io.github.palimpsest.matrix.mapping.Lobs;
import io.github.palimpsest.testing.TestDatabase;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The same changes as in the matrix, but made past capture: the triggers record them so that what
 * is rebuilt is what a fresh persistence context finds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedMatrixDatabaseTest {
  private @Nullable Kinds group;
  private @Nullable GuardedTrial trial;

  @TestFactory
  Stream<DynamicNode> changes_past_capture() {
    return Stream.of(Variant.ECLIPSELINK, Variant.HIBERNATE)
        .map(
            variant ->
                dynamicContainer(
                    variant.label(),
                    Groups.all(variant.loader()).stream()
                        .filter(each -> !each.limits().containsKey(variant.provider()))
                        .map(each -> group(variant, each))));
  }

  private DynamicNode group(Variant variant, Kinds kinds) {
    return dynamicContainer(
        kinds.title(),
        kinds.kinds().stream()
            .filter(kind -> kind.isInSql(variant.provider()))
            .map(kind -> kind(variant, kinds, kind)));
  }

  private <E> DynamicNode kind(Variant variant, Kinds kinds, Kind<E> kind) {
    return dynamicContainer(
        kind.name(),
        Stream.concat(
            Stream.of(dynamicTest("is guarded", () -> isGuarded(variant, kinds, kind))),
            kind.steps().stream()
                .filter(step -> !step.limits().containsKey(variant))
                .map(
                    step ->
                        dynamicTest(step.name(), () -> trial(variant, kinds).run(kind, step)))));
  }

  private void isGuarded(Variant variant, Kinds kinds, Kind<?> kind) {
    assertThat(trial(variant, kinds).problems(kind)).isEmpty();
  }

  private GuardedTrial trial(Variant variant, Kinds kinds) {
    GuardedTrial known = trial;
    if (group != kinds) {
      close();
      group = kinds;
      known = new GuardedTrial(variant, kinds, TestDatabase.create(), isOneRole(variant, kinds));
      trial = known;
    }
    return Objects.requireNonNull(known, "the unit could not be opened, as the first failure says");
  }

  /** Only their owner reads large objects, in which Hibernate keeps what is {@code @Lob}. */
  private static boolean isOneRole(Variant variant, Kinds kinds) {
    return variant == Variant.HIBERNATE && (kinds instanceof Lobs || kinds instanceof Elements);
  }

  @AfterAll
  void close() {
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }
}

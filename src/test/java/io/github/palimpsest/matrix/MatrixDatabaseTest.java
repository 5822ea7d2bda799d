package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.palimpsest.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every cell of the matrix is a test, and the page that shows them is another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixDatabaseTest {
  private static final Path PAGE = Path.of("src/doc/jpa-matrix.md");
  private static final String WRITE = "matrix.write";

  private final Map<Variant, TestDatabase> databases = new EnumMap<>(Variant.class);
  private final List<Cell> cells = new ArrayList<>();
  private @Nullable Kinds group;
  private @Nullable Trial trial;

  @TestFactory
  Stream<DynamicNode> the_matrix() {
    Stream<DynamicNode> variants =
        Stream.of(Variant.values())
            .map(
                variant ->
                    dynamicContainer(
                        variant.label(),
                        Groups.all(variant.loader()).stream().map(each -> group(variant, each))));
    return Stream.concat(
        variants, Stream.of(dynamicTest("is what the documentation shows", this::comparePage)));
  }

  private DynamicNode group(Variant variant, Kinds kinds) {
    String limit = kinds.limits().get(variant.provider());
    return limit == null
        ? dynamicContainer(
            kinds.title(), kinds.kinds().stream().map(kind -> kind(variant, kinds, kind)))
        : dynamicTest(kinds.title(), () -> cannotDeploy(variant, kinds, limit));
  }

  private <E> DynamicNode kind(Variant variant, Kinds kinds, Kind<E> kind) {
    return dynamicContainer(
        kind.name(),
        kind.steps().stream()
            .map(step -> dynamicTest(step.name(), () -> tryOut(variant, kinds, kind, step))));
  }

  private <E> void tryOut(Variant variant, Kinds kinds, Kind<E> kind, Step<E> step) {
    String limit = step.limits().get(variant);
    Step.Other other = step.others().get(variant);
    String outcome = other == null ? "passed" : "passed: " + other.reason();
    String restored = "";
    if (limit == null) {
      Trial opened = trial(variant, kinds);
      Attempt attempt = opened.run(kind, step);
      restored = step.isPersist() ? "" : restore(variant, opened, attempt, step);
    } else {
      Trial opened = trial(variant, kinds);
      assertThatThrownBy(() -> opened.run(kind, step))
          .as("what is said to be impossible")
          .isNotNull();
      outcome = "no: " + limit;
    }
    cells.add(new Cell(kinds.title(), kind.name(), step.name(), variant, outcome, restored));
  }

  private static String restore(Variant variant, Trial trial, Attempt attempt, Step<?> step) {
    String limit = step.restoreLimits().get(variant);
    if (limit == null) {
      trial.restore(attempt);
      return "passed";
    }
    assertThatThrownBy(() -> trial.restore(attempt))
        .as("what is said to be impossible to restore")
        .isNotNull();
    return "no: " + limit;
  }

  private void cannotDeploy(Variant variant, Kinds kinds, String limit) {
    assertThatThrownBy(() -> new Trial(variant, kinds, database(variant)).close()).isNotNull();
    for (Kind<?> kind : kinds.kinds()) {
      for (Step<?> step : kind.steps()) {
        cells.add(new Cell(kinds.title(), kind.name(), step.name(), variant, "no: " + limit, ""));
      }
    }
  }

  private Trial trial(Variant variant, Kinds kinds) {
    Trial known = trial;
    if (group != kinds) {
      close();
      group = kinds;
      known = new Trial(variant, kinds, database(variant));
      trial = known;
    }
    return Objects.requireNonNull(known, "the unit could not be opened, as the first failure says");
  }

  private TestDatabase database(Variant variant) {
    return databases.computeIfAbsent(variant, each -> TestDatabase.create());
  }

  @AfterAll
  void close() {
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }

  private void comparePage() throws IOException {
    assumeThat(System.getProperty(Groups.ONLY)).as("the one group tried").isNull();
    String page = new MatrixTable(cells).page();
    assertThat(page).doesNotContain("| failed");
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("written anew by mvn test -Dtest=MatrixDatabaseTest -D%s=true", WRITE)
        .hasContent(page);
  }
}

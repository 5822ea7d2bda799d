package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.RecordedStatements;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update through JPA sends to the database beside its own statements. */
class UpdateStatementsDatabaseTest {
  private static final Pattern READS_ROWS =
      Pattern.compile("(?is)\\b(from|join)\\s+(painting|ticket|artist)");

  private final RecordedStatements statements = new RecordedStatements();
  private TestUnit unit;

  @BeforeEach
  void open() {
    TestDatabase database = TestDatabase.create();
    database.execute(Artist.TABLE);
    unit =
        TestUnit.of(
            database,
            Persistence.createEntityManagerFactory(
                "kinds", Map.of("jakarta.persistence.nonJtaDataSource", statements.of(database))));
    unit.commit(em -> em.persist(new Painting("warm")));
    update("warm", painting -> painting.title = "up");
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void is_one_statement_that_writes_the_event(boolean isGuarded) {
    install(isGuarded);
    unit.commit(em -> em.persist(new Painting("p1")));

    List<String> sent = update("p1", painting -> painting.title = "new");

    assertThat(sent).filteredOn(sql -> sql.startsWith("UPDATE")).hasSize(1);
    assertThat(sent).filteredOn(sql -> sql.contains("palimpsest.")).hasSize(1);
    assertThat(sent).hasSize(2);
  }

  @Test
  void is_the_same_with_the_guard_and_without() {
    unit.commit(em -> em.persist(new Painting("p1")));
    unit.commit(em -> em.persist(new Painting("p2")));
    List<String> without = update("p1", painting -> painting.owners.add("someone"));
    install(true);

    List<String> with = update("p2", painting -> painting.owners.add("someone"));

    assertThat(with).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reads_no_row_of_the_entity_again(boolean isGuarded) {
    install(isGuarded);
    unit.commit(em -> em.persist(new Painting("p1")));

    assertThat(update("p1", painting -> painting.number = 5))
        .noneMatch(sql -> READS_ROWS.matcher(sql).find());
  }

  private void install(boolean isGuarded) {
    if (isGuarded) {
      assertThat(
              TestGuard.of(JpaProvider.ECLIPSELINK, unit, model -> true)
                  .install(GuardMode.RECORD)
                  .isComplete())
          .isTrue();
    }
  }

  /** Returns what was sent after the entity was read. */
  private List<String> update(String id, Consumer<Painting> change) {
    unit.commit(
        em -> {
          Painting painting = Objects.requireNonNull(em.find(Painting.class, id));
          change.accept(painting);
          statements.take();
        });
    return statements.take();
  }
}

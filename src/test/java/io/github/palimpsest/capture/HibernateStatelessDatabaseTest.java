package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stateless session has no flush and no commit that capture could write at. */
class HibernateStatelessDatabaseTest {
  private static final Logger LOG =
      Logger.getLogger("io.github.palimpsest.capture.hibernate.FlushListener");

  private final List<String> warnings = new ArrayList<>();
  private final Handler handler = new Collecting();
  private TestUnit unit;

  @BeforeEach
  void open() {
    unit = TestUnit.open(JpaProvider.HIBERNATE, "kinds", Artist.TABLE);
    LOG.addHandler(handler);
  }

  @AfterEach
  void close() {
    LOG.removeHandler(handler);
    unit.close();
  }

  @Test
  void its_writes_are_not_captured_and_each_type_is_warned_of_once() {
    writeEverything();

    assertThat(unit.database().rows("select id from painting")).containsExactly("kept");
    assertThat(unit.database().rows("select count(*) from palimpsest.event")).containsExactly("0");
    assertThat(warnings)
        .containsExactly(
            "WARNING What a StatelessSession writes of Painting is not captured; only triggers see it");
  }

  @Test
  void its_writes_are_recorded_by_the_guard() {
    TestGuard.of(JpaProvider.HIBERNATE, unit, model -> true).install(GuardMode.RECORD);

    writeEverything();

    assertThat(
            unit.database()
                .rows(
                    "select object_id, operation, source, body -> 'title', body -> 'owners'"
                        + " from palimpsest.event order by id"))
        .containsExactly(
            "gone persist database null []",
            "kept persist database \"first\" [\"a\", \"b\"]",
            "kept update database \"second\" null",
            "gone remove database null null",
            "kept update database \"merged\" null");
  }

  private void writeEverything() {
    Painting kept = new Painting("kept");
    kept.title = "first";
    kept.owners.addAll(List.of("a", "b"));
    Painting gone = new Painting("gone");
    commit(
        session -> {
          session.insert(kept);
          session.insert(gone);
        });
    commit(
        session -> {
          kept.title = "second";
          session.update(kept);
        });
    commit(session -> session.delete(gone));
    commit(
        session -> {
          kept.title = "merged";
          session.upsert(kept);
        });
  }

  private void commit(Consumer<StatelessSession> work) {
    unit.factory().unwrap(SessionFactory.class).inStatelessTransaction(work);
  }

  private final class Collecting extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().equals(Level.WARNING)) {
        warnings.add(
            record.getLevel()
                + " "
                + MessageFormat.format(record.getMessage(), record.getParameters()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}

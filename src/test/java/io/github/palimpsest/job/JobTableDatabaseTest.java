package io.github.palimpsest.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.testing.TestDatabase;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobTableDatabaseTest {
  private static final JsonObject RESULT = Json.createObjectBuilder().add("changed", 7).build();
  private static final Duration LONG = Duration.ofDays(1);

  private TestDatabase database;
  private JobTable table;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    table = new JobTable(database.connections());
  }

  @Test
  void a_job_waits_runs_and_is_done_with_its_answer() throws SQLException {
    UUID id = add("ada");
    assertThat(find(id).state()).isEqualTo(JobState.QUEUED);

    try (Connection work = work(id)) {
      int attempt = begin(id);
      table.report(id, attempt, "restoring", 500, 2000);
      assertThat(find(id).state()).isEqualTo(JobState.RUNNING);
      assertThat(find(id).done()).isEqualTo(500);
      assertThat(find(id).total()).isEqualTo(2000);
      table.finish(id, attempt, RESULT);
      work.commit();
    }

    assertThat(find(id).state()).isEqualTo(JobState.DONE);
    assertThat(find(id).result()).isEqualTo(RESULT);
    assertThat(find(id).done()).isEqualTo(2000);
  }

  @Test
  void one_whose_work_lost_its_transaction_is_interrupted_and_may_begin_again()
      throws SQLException {
    UUID id = add("ada");
    int attempt;
    try (Connection work = work(id)) {
      attempt = begin(id);
      assertThat(table.queue(id, "bob")).isFalse();
      work.rollback();
    }
    assertThat(find(id).state()).isEqualTo(JobState.INTERRUPTED);

    assertThat(table.queue(id, "bob")).isTrue();
    assertThat(find(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(find(id).actor()).isEqualTo("bob");
    assertThat(begin(id)).isEqualTo(attempt + 1);
    assertThatThrownBy(() -> table.finish(id, attempt, RESULT))
        .isInstanceOf(JobCancelledException.class);
  }

  @Test
  void only_one_transaction_does_the_work_of_a_job() throws SQLException {
    UUID id = add("ada");

    try (Connection work = work(id)) {
      assertThat(table.tryLock(id)).isFalse();
      assertThat(work.isClosed()).isFalse();
    }
    assertThat(table.tryLock(id)).isTrue();
    begin(id);
    assertThat(table.begin(id)).isEmpty();
  }

  @Test
  void who_asks_is_never_in_the_way_of_who_begins() throws SQLException {
    UUID id = add("ada");
    try (Connection work = work(id)) {
      begin(id);
      work.rollback();
    }

    try (Connection asking = database.connect()) {
      asking.setAutoCommit(false);
      JobTable asked = new JobTable(on(asking));
      assertThat(asked.find(id).orElseThrow().state()).isEqualTo(JobState.INTERRUPTED);
      assertThat(table.queue(id, "bob")).isTrue();

      try (Connection again = work(id)) {
        begin(id);
        assertThat(asked.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        again.rollback();
      }
    }
  }

  /** The same connection for each call, in one transaction. */
  private static Connections on(Connection connection) {
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        try {
          return work.on(connection);
        } catch (SQLException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  @Test
  void one_that_waits_is_cancelled_at_once_and_one_that_runs_when_it_notices() throws SQLException {
    UUID waiting = add("ada");
    assertThat(table.cancel(waiting)).isTrue();
    assertThat(find(waiting).state()).isEqualTo(JobState.CANCELLED);
    assertThat(table.cancel(waiting)).isFalse();

    UUID running = add("ada");
    try (Connection work = work(running)) {
      int attempt = begin(running);
      assertThat(table.cancel(running)).isTrue();
      assertThat(find(running).isCancelRequested()).isTrue();
      assertThatThrownBy(() -> table.report(running, attempt, "restoring", 1, 2))
          .isInstanceOf(JobCancelledException.class);
      assertThatThrownBy(() -> table.finish(running, attempt, RESULT))
          .isInstanceOf(JobCancelledException.class);
      work.rollback();
      table.end(running, attempt, null);
    }
    assertThat(find(running).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void pages_are_of_everybody_or_of_one_with_the_newest_first() {
    UUID first = add("ada");
    UUID second = add("bob");
    UUID third = add("ada");

    assertThat(table.page(null, null, 2)).extracting(Job::id).containsExactly(third, second);
    assertThat(table.page(null, find(second), 2)).extracting(Job::id).containsExactly(first);
    assertThat(table.page("ada", null, 9)).extracting(Job::id).containsExactly(third, first);
  }

  @Test
  void those_that_ended_long_ago_are_forgotten_when_one_is_added() {
    UUID ended = add("ada");
    table.cancel(ended);
    UUID waiting = add("ada");

    add("ada", Duration.ZERO);

    assertThat(table.find(ended)).isEmpty();
    assertThat(table.find(waiting)).isPresent();
  }

  /** Opens the transaction of a job's work, which dies when it is closed. */
  private Connection work(UUID id) throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    assertThat(
            TestDatabase.rows(
                connection,
                "select pg_try_advisory_xact_lock(hashtextextended('palimpsest.job %s', 0))"
                    .formatted(id)))
        .containsExactly("t");
    return connection;
  }

  private int begin(UUID id) {
    return table.begin(id).orElseThrow();
  }

  private Job find(UUID id) {
    return table.find(id).orElseThrow();
  }

  private UUID add(String startedBy) {
    return add(startedBy, LONG);
  }

  private UUID add(String startedBy, Duration retention) {
    JsonObject body = Json.createObjectBuilder().add("reason", "r").build();
    return table.add(
        new JobRequest(JobRequest.RESTORE, "Account", body, "r", null, startedBy), retention);
  }
}

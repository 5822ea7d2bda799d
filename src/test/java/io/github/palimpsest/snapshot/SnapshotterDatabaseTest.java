package io.github.palimpsest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.ContentType;
import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotterDatabaseTest {
  private static final StreamId THING = new StreamId("Thing", "1");

  private final ContentTypes types = new ContentTypes();
  private final EventWriter writer = new EventWriter(types);
  private final EventReader reader = new EventReader();
  private TestDatabase database;
  private Snapshotter snapshotter;
  private Rebuilder rebuilder;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    snapshotter = new Snapshotter(database.connections(), reader, type -> 5, Upcasters.none());
    rebuilder = new Rebuilder(database.connections(), reader, Duration.ofSeconds(5));
  }

  @Test
  void a_snapshot_is_taken_after_every_so_many_changes() {
    append(12);

    assertThat(snapshotter.takeDue()).isEqualTo(2);
    assertThat(database.rows("select state from palimpsest.snapshot order by event_id"))
        .containsExactly("{\"n\": 4}", "{\"n\": 9}");
  }

  @Test
  void counting_goes_on_from_the_last_snapshot() {
    append(12);
    snapshotter.takeDue();
    append(2);

    assertThat(snapshotter.takeDue()).isZero();
    append(1);
    assertThat(snapshotter.takeDue()).isEqualTo(1);
    assertThat(snapshotter.takeDue()).isZero();
  }

  @Test
  void states_are_the_same_before_with_and_without_snapshots() {
    append(23);
    List<Instant> instants =
        database.rows("select time_created at time zone 'UTC' from palimpsest.event").stream()
            .map(text -> Instant.parse(text.replace(' ', 'T') + "Z"))
            .toList();
    List<State> before = states(instants);

    snapshotter.takeDue();

    assertThat(database.rows("select count(*) from palimpsest.snapshot")).containsExactly("4");
    assertThat(states(instants)).isEqualTo(before);
    database.execute("delete from palimpsest.snapshot");
    assertThat(states(instants)).isEqualTo(before);
  }

  @Test
  void a_rebuild_reads_no_event_before_the_snapshot() {
    append(12);
    snapshotter.takeDue();

    Replay replay =
        database
            .connections()
            .call(connection -> reader.replay(connection, "Thing", List.of("1"), Bound.none()))
            .get(0);

    assertThat(replay.events()).hasSize(3);
  }

  @Test
  void while_one_works_another_does_nothing() throws Exception {
    append(5);
    try (Connection other = database.connect()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .execute("select pg_advisory_xact_lock(hashtext('palimpsest.snapshot'))");

      assertThat(CompletableFuture.supplyAsync(snapshotter::takeDue).get()).isZero();
      other.rollback();
    }
    assertThat(snapshotter.takeDue()).isEqualTo(1);
  }

  @Test
  void of_a_removed_object_none_is_taken() {
    append(4);
    append(Operation.REMOVE, "{}");

    assertThat(snapshotter.takeDue()).isZero();
  }

  private List<State> states(List<Instant> instants) {
    return instants.stream()
        .map(instant -> rebuilder.at(THING, Bound.asOf(instant)).orElseThrow())
        .toList();
  }

  private void append(int changes) {
    for (int i = 0; i < changes; i++) {
      append(i == 0 && isEmpty() ? Operation.PERSIST : Operation.UPDATE, "{\"n\":" + i + "}");
    }
  }

  private boolean isEmpty() {
    return database.rows("select id from palimpsest.event limit 1").isEmpty();
  }

  private void append(Operation operation, String body) {
    List<NewEvent> events = new ArrayList<>();
    events.add(new NewEvent(THING, operation, null, Source.JPA, 1, body));
    database
        .connections()
        .call(
            connection -> {
              types.register(
                  connection,
                  List.of(new ContentType("Thing", List.of(), "Thing", Map.of("id", "long"))));
              writer.append(connection, events, new Provenance("ada", null, null));
              return true;
            });
  }
}

package io.github.palimpsest.snapshot;

import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.event.SettledClock;
import io.github.palimpsest.event.Snapshot;
import io.github.palimpsest.event.SnapshotStore;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Fold;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Upcasters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the snapshots that are due: one for every N state changes of an object. Of several nodes,
 * and of several calls at once, exactly one works. Safe for threads.
 */
public final class Snapshotter {
  private static final System.Logger LOG = System.getLogger(Snapshotter.class.getName());
  private static final int EVENTS_PER_BATCH = 5000;
  private static final int STREAMS_PER_READ = 200;

  private final Connections connections;
  private final EventReader reader;
  private final SnapshotStore store = new SnapshotStore();
  private final SettledClock clock = new SettledClock(Duration.ofSeconds(5));
  private final ToIntFunction<String> every;
  private final Fold fold;

  /**
   * Creates a snapshotter.
   *
   * @param every content type to the number of changes after which a snapshot is due, from 1
   * @param upcasters for streams that several versions of a class wrote
   */
  public Snapshotter(
      Connections connections,
      EventReader reader,
      ToIntFunction<String> every,
      Upcasters upcasters) {
    this.fold = new Fold(upcasters);
    this.connections = connections;
    this.reader = reader;
    this.every = every;
  }

  /**
   * Takes all snapshots that are due, in batches of one transaction each; does nothing while
   * another node works.
   *
   * @return the number of snapshots taken
   */
  public int takeDue() {
    int taken = 0;
    Batch batch;
    do {
      batch = connections.call(this::batch);
      taken += batch.snapshots();
    } while (batch.isFull());
    return taken;
  }

  /** Up to a settled instant only: an event that commits late would be missing in a snapshot. */
  private Batch batch(Connection connection) throws SQLException, InterruptedException {
    Optional<Instant> settled = clock.now(connection);
    if (settled.isEmpty() || !store.tryLock(connection)) {
      return new Batch(0, false);
    }
    Bound bound = Bound.asOf(settled.get());
    SnapshotStore.Changed changed = store.changed(connection, EVENTS_PER_BATCH);
    List<Snapshot> due = new ArrayList<>();
    Map<String, List<String>> byType =
        changed.streams().stream()
            .collect(
                Collectors.groupingBy(
                    StreamId::contentType,
                    Collectors.mapping(StreamId::objectId, Collectors.toList())));
    for (Map.Entry<String, List<String>> type : byType.entrySet()) {
      List<String> ids = type.getValue();
      for (int from = 0; from < ids.size(); from += STREAMS_PER_READ) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + STREAMS_PER_READ));
        for (Replay replay : reader.replay(connection, type.getKey(), some, bound)) {
          due.addAll(readable(replay, every.applyAsInt(type.getKey())));
        }
      }
    }
    store.store(connection, due, changed.position());
    return new Batch(due.size(), changed.events() == EVENTS_PER_BATCH);
  }

  /** One stream that cannot be read must not keep the others from their snapshots. */
  private List<Snapshot> readable(Replay replay, int interval) {
    try {
      return due(replay, interval);
    } catch (UnreadableEventException e) {
      LOG.log(WARNING, "No snapshot is taken", e);
      return List.of();
    }
  }

  /** Returns a snapshot after each {@code interval} changes since the last one. */
  private List<Snapshot> due(Replay replay, int interval) {
    List<Snapshot> due = new ArrayList<>();
    Snapshot last = replay.snapshot();
    State state = last == null ? null : State.of(last);
    int changes = 0;
    for (Event event : replay.events()) {
      state = fold.next(state, event);
      changes += isFoldedIn(event, last) ? 0 : 1;
      if (changes >= interval && !state.isTombstone()) {
        due.add(snapshot(state));
        changes = 0;
      }
    }
    return due;
  }

  private static boolean isFoldedIn(Event event, @Nullable Snapshot snapshot) {
    return snapshot != null && event.position() <= snapshot.position();
  }

  private static Snapshot snapshot(State state) {
    return new Snapshot(
        state.stream(),
        state.position(),
        state.timeCreated(),
        state.schemaVersion(),
        JsonText.object(state.attributes()));
  }

  private record Batch(int snapshots, boolean isFull) {}
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.Projection;
import io.github.palimpsest.Projection.Stored;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.ProjectedValue;
import io.github.palimpsest.event.ProjectionStore;
import io.github.palimpsest.event.ProjectionStore.ProjectionId;
import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Folds the domain events of one object, in the order of their positions. Safe for threads. */
public final class Projections {
  private static final int EVERY = 100;

  private final Connections connections;
  private final Rebuilder rebuilder;
  private final ProjectionStore store = new ProjectionStore();

  /** Creates it. */
  public Projections(Connections connections, Rebuilder rebuilder) {
    this.connections = connections;
    this.rebuilder = rebuilder;
  }

  /**
   * A value on its way.
   *
   * @param position up to which events were looked at
   * @param events how many were folded in
   * @param time the latest time created among them
   */
  private record Folded<R>(R value, long position, long events, Instant time) {
    Folded<R> and(Event event, Projection<R> projection) {
      return new Folded<>(
          projection.fold().apply(value, event),
          event.position(),
          events + 1,
          time.isAfter(event.timeCreated()) ? time : event.timeCreated());
    }
  }

  /** Returns the fold of the domain events that were created by {@code settled}. */
  public <R> R value(StreamId stream, Projection<R> projection, Instant settled) {
    Folded<R> start = start(stream, projection, settled);
    Folded<R> folded = start;
    long position = start.position();
    List<Event> batch = rebuilder.eventsAfter(stream, position);
    while (!batch.isEmpty()) {
      for (Event event : batch) {
        if (event.operation() == Operation.DOMAIN && !event.timeCreated().isAfter(settled)) {
          folded = folded.and(event, projection);
        }
        position = event.position();
      }
      batch = rebuilder.eventsAfter(stream, position);
    }
    if (projection.stored() != null && folded.events() - start.events() >= EVERY) {
      store(stream, projection.stored(), folded);
    }
    return folded.value();
  }

  private <R> Folded<R> start(StreamId stream, Projection<R> projection, Instant settled) {
    Stored<R> stored = projection.stored();
    Optional<ProjectedValue> latest =
        stored == null
            ? Optional.empty()
            : connections.call(
                connection -> store.latest(connection, key(stream, stored), settled));
    return latest.isEmpty() || stored == null
        ? new Folded<>(projection.initial(), 0, 0, Instant.EPOCH)
        : new Folded<>(
            stored.read().apply(latest.get().value()),
            latest.get().position(),
            latest.get().events(),
            latest.get().timeCreated());
  }

  private <R> void store(StreamId stream, Stored<R> stored, Folded<R> folded) {
    ProjectedValue value =
        new ProjectedValue(
            folded.position(),
            folded.time(),
            folded.events(),
            stored.write().apply(folded.value()));
    connections.call(
        connection -> {
          store.store(connection, key(stream, stored), value);
          return true;
        });
  }

  private static ProjectionId key(StreamId stream, Stored<?> stored) {
    return new ProjectionId(stream, stored.name(), stored.version());
  }
}

package io.github.palimpsest.guard;

import static java.lang.System.Logger.Level.INFO;

import io.github.palimpsest.Drift;
import io.github.palimpsest.DriftedObject;
import io.github.palimpsest.DriftedObject.Kind;
import io.github.palimpsest.InexpressibleTypeException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes history agree with the live rows, by events. What the drift check found is compared again
 * while no writer has a stamp, and only what differs then is recorded. Safe for threads and on
 * several nodes.
 */
public final class Reconciler {
  private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

  /** Object ids held in memory between a check and its repair. */
  private static final int FOUND = 100_000;

  /** Objects in one transaction: writers wait for one at most. */
  private static final int BATCH = 200;

  private final DriftCheck check;
  private final Connections connections;
  private final HeldWriters heldWriters;
  private final Supplier<String> fallbackActor;
  private final ContentTypes types = new ContentTypes();
  private final EventWriter writer = new EventWriter(types);

  /**
   * Creates a reconciler.
   *
   * @param connections each call must be a transaction of its own
   * @param fallbackActor who acts, when no audit scope tells
   * @param timeout how long a batch waits for transactions being committed
   */
  public Reconciler(
      DriftCheck check, Connections connections, Supplier<String> fallbackActor, Duration timeout) {
    this.check = check;
    this.connections = connections;
    this.heldWriters = new HeldWriters(connections, timeout);
    this.fallbackActor = fallbackActor;
  }

  /**
   * Appends an event for each object of a type in which rows and history differ.
   *
   * @param reason recorded with the events
   * @param dryRun whether only to tell how many
   * @throws UnknownTypeException if no entity class has this content type
   * @throws InexpressibleTypeException if its rows cannot be read as states
   * @throws IllegalArgumentException if the reason cannot be stored
   * @throws NotSettledException if transactions being committed did not end in time
   */
  public Reconciled reconcile(String contentType, String reason, boolean dryRun) {
    Reasons.require(reason);
    if (dryRun) {
      Drift drift = check.check(contentType, "", 0);
      return new Reconciled(true, drift.missing(), drift.extra(), drift.different());
    }
    Type type = type(contentType, Reasons.provenance(reason, fallbackActor));
    Map<Kind, Long> recorded = new EnumMap<>(Kind.class);
    Drift found = check.first(contentType, "", FOUND);
    while (!found.objects().isEmpty()) {
      List<DriftedObject> objects = found.objects();
      for (int from = 0; from < objects.size(); from += BATCH) {
        List<String> ids =
            objects.subList(from, Math.min(objects.size(), from + BATCH)).stream()
                .map(DriftedObject::objectId)
                .toList();
        heldWriters
            .call(connection -> append(connection, type, ids))
            .forEach((kind, count) -> recorded.merge(kind, count, Long::sum));
      }
      LOG.log(INFO, "Reconciliation of {0}: {1} recorded", contentType, recorded);
      found =
          objects.size() < FOUND
              ? new Drift(0, 0, 0, 0, List.of())
              : check.first(contentType, objects.get(objects.size() - 1).objectId(), FOUND);
    }
    return new Reconciled(
        false,
        recorded.getOrDefault(Kind.MISSING, 0L),
        recorded.getOrDefault(Kind.EXTRA, 0L),
        recorded.getOrDefault(Kind.DIFFERENT, 0L));
  }

  private Type type(String contentType, Provenance provenance) {
    EntityModel model = check.model(contentType);
    LiveRows rows = check.rows(model);
    connections.call(
        connection -> {
          types.register(connection, List.of(model.asContentType()));
          return true;
        });
    return new Type(model, rows, provenance);
  }

  private Map<Kind, Long> append(Connection connection, Type type, List<String> ids)
      throws SQLException {
    String contentType = type.model().contentType();
    Map<String, String> live = type.rows().find(connection, ids);
    Map<String, State> rebuilt =
        check.rebuilder(connection).at(contentType, ids, Bound.none()).stream()
            .collect(Collectors.toMap(state -> state.stream().objectId(), Function.identity()));
    List<StreamId> streams = ids.stream().map(id -> new StreamId(contentType, id)).toList();
    Set<StreamId> stateless = writer.stateless(connection, streams);
    Map<Kind, Long> recorded = new EnumMap<>(Kind.class);
    List<NewEvent> events = new ArrayList<>();
    for (StreamId stream : streams) {
      String id = stream.objectId();
      Comparison comparison = Comparison.of(id, live.get(id), rebuilt.get(id));
      comparison
          .drift(type.model())
          .ifPresent(
              drift -> {
                recorded.merge(drift.kind(), 1L, Long::sum);
                Operation operation = operation(drift.kind(), stateless.contains(stream));
                events.add(
                    new NewEvent(
                        stream,
                        operation,
                        null,
                        Source.DATABASE,
                        type.model().schemaVersion(),
                        comparison.body(operation.carriesFullState())));
              });
    }
    if (!events.isEmpty()) {
      writer.append(connection, events, type.provenance());
    }
    return recorded;
  }

  /** A history that has no full state begins with one. */
  private static Operation operation(Kind kind, boolean isStateless) {
    return switch (kind) {
      case MISSING -> Operation.REMOVE;
      case EXTRA -> isStateless ? Operation.BASELINE : Operation.PERSIST;
      case DIFFERENT -> isStateless ? Operation.BASELINE : Operation.UPDATE;
    };
  }

  private record Type(EntityModel model, LiveRows rows, Provenance provenance) {}
}

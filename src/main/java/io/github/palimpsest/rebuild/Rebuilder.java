package io.github.palimpsest.rebuild;

import io.github.palimpsest.FutureInstantException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.EventSearch;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Precision;
import io.github.palimpsest.event.Referring;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.event.SettledClock;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.event.TypeSummary;
import io.github.palimpsest.state.Upcasters;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds states from snapshots and events; reads only. An answer as of an instant never changes
 * once given: transactions that could still add to it are waited for first. Safe for threads.
 */
public final class Rebuilder {
  private static final int BATCH = 500;

  private final Connections connections;
  private final EventReader reader;
  private final EventSearch search = new EventSearch();
  private final Referring referring = new Referring();
  private final SettledClock clock;
  private final Duration timeout;
  private final Fold fold;

  /**
   * Creates a rebuilder of states as the classes that wrote them know them.
   *
   * @param settleTimeout how long an answer may wait for transactions being committed
   */
  public Rebuilder(Connections connections, EventReader reader, Duration settleTimeout) {
    this(connections, reader, settleTimeout, Upcasters.none());
  }

  /**
   * Creates a rebuilder of states as today's classes know them.
   *
   * @param settleTimeout how long an answer may wait for transactions being committed
   */
  public Rebuilder(
      Connections connections, EventReader reader, Duration settleTimeout, Upcasters upcasters) {
    this.fold = new Fold(upcasters);
    this.connections = connections;
    this.reader = reader;
    this.clock = new SettledClock(settleTimeout);
    this.timeout = settleTimeout;
  }

  /**
   * Returns {@code asOf} in microseconds, or for null the database clock's now, once every event up
   * to it is visible.
   *
   * @throws FutureInstantException if {@code asOf} has not come yet
   * @throws NotSettledException if transactions did not end in time
   */
  public Instant settled(@Nullable Instant asOf) {
    Instant now = connections.call(clock::now).orElseThrow(() -> new NotSettledException(timeout));
    if (asOf == null) {
      return now;
    }
    Instant instant = Precision.down(asOf);
    if (instant.isAfter(now)) {
      throw new FutureInstantException(asOf, now);
    }
    return instant;
  }

  /**
   * Returns the state of one object up to {@code bound}, which the caller has settled; a tombstone
   * if it was removed, empty if it never existed by then.
   *
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote the state
   */
  public Optional<State> at(StreamId stream, Bound bound) {
    return asWritten(stream, bound).map(fold::today);
  }

  /**
   * Returns the same state as the classes that wrote it know it: no later version of a class
   * changes the answer.
   *
   * @throws UnreadableEventException if two versions wrote it and an upcaster between them fails
   */
  public Optional<State> asWritten(StreamId stream, Bound bound) {
    return replays(stream.contentType(), List.of(stream.objectId()), bound).stream()
        .findFirst()
        .flatMap(fold::of);
  }

  /**
   * Returns the mementos of one object.
   *
   * @param settled what {@link #settled} returned: later changes do not count
   */
  public Mementos mementos(StreamId stream, Instant settled) {
    return new Mementos(connections, stream, settled);
  }

  /**
   * Returns the states of some objects of a type up to {@code bound}, tombstones included; those
   * without events are left out.
   */
  public List<State> at(String contentType, List<String> objectIds, Bound bound) {
    return replays(contentType, objectIds, bound).stream()
        .flatMap(replay -> fold.of(replay).stream())
        .map(fold::today)
        .toList();
  }

  /**
   * Returns the states of some objects of a type, each up to a position of its own (inclusive),
   * tombstones included; those without events by then are left out.
   */
  public List<State> at(String contentType, Map<String, Long> positions) {
    return connections
        .call(connection -> reader.replay(connection, contentType, positions))
        .stream()
        .flatMap(replay -> fold.of(replay).stream())
        .map(fold::today)
        .toList();
  }

  /**
   * Returns the states of all objects of a type that existed at {@code asOf}, which the caller has
   * settled, by object id in code point order.
   *
   * @param after object id to begin after, empty for the beginning
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  public Stream<State> all(String contentType, Instant asOf, String after) {
    return all(contentType, asOf, after, BATCH);
  }

  /**
   * As {@link #all(String, Instant, String)}, for a caller who wants about {@code first} states.
   */
  public Stream<State> all(String contentType, Instant asOf, String after, int first) {
    return Stream.iterate(
            objectIds(contentType, after, Math.min(first, BATCH)),
            ids -> !ids.isEmpty(),
            ids -> objectIds(contentType, ids.get(ids.size() - 1), BATCH))
        .flatMap(ids -> replays(contentType, ids, Bound.asOf(asOf)).stream())
        .flatMap(replay -> fold.of(replay).stream())
        .filter(state -> !state.isTombstone())
        .map(fold::today);
  }

  /**
   * Returns the events of one object, as they are stored, with what each changed, in the words of
   * today's class; oldest first. None of them can still be joined by one of an earlier position, so
   * that nothing is missed by who goes on after the last.
   *
   * @param after position to begin after, 0 for the beginning
   * @param limit at most so many
   * @param wanted which events to return
   * @throws NotSettledException if transactions did not end in time
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  public List<RecordedEvent> events(
      StreamId stream, long after, int limit, Predicate<Event> wanted) {
    long last = settledPosition(stream);
    State state = after == 0 ? null : asWritten(stream, Bound.at(after)).orElse(null);
    List<RecordedEvent> found = new ArrayList<>();
    long position = after;
    List<Event> batch = eventsAfter(stream, position);
    while (!batch.isEmpty()) {
      for (Event event : batch) {
        if (event.position() > last) {
          return found;
        }
        State next = fold.next(state, event);
        if (wanted.test(event)) {
          found.add(
              new RecordedEvent(
                  event,
                  event.operation() == Operation.DOMAIN
                      ? List.of()
                      : Difference.between(attributes(state), attributes(next))));
        }
        if (found.size() == limit) {
          return found;
        }
        state = next;
        position = event.position();
      }
      batch = eventsAfter(stream, position);
    }
    return found;
  }

  /**
   * Returns the position of the object's last event, once every event before it is visible: who
   * draws a position holds a stamp, and is waited for.
   */
  private long settledPosition(StreamId stream) {
    long last = lastEvent(stream);
    settled(null);
    return last;
  }

  /**
   * Returns a page of events of any objects, as they are stored, in the order of the feed.
   *
   * @param settled what {@link #settled} returned: later events do not count
   */
  public List<Event> events(EventQuery query, Instant settled) {
    return connections.call(connection -> search.events(connection, query, settled));
  }

  /** Returns how many events the query has; reads them all. */
  public long count(EventQuery query, Instant settled) {
    return connections.call(connection -> search.count(connection, query, settled));
  }

  /**
   * Returns whose events the query has, by content type and object id; reads them all.
   *
   * @param after object to begin after, null for the beginning
   */
  public List<StreamId> streams(EventQuery query, Instant settled, @Nullable StreamId after) {
    return connections.call(connection -> search.streams(connection, query, settled, after));
  }

  /**
   * Returns the events of a transaction, as they are stored, with what each changed, in the words
   * of today's class.
   *
   * @param after position to begin after, 0 for the beginning
   * @param limit at most so many
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  public List<RecordedEvent> transaction(long number, long after, int limit) {
    return transactionEvents(number, after, limit).stream().map(this::recorded).toList();
  }

  /** Returns the same events without what they changed. */
  public List<Event> transactionEvents(long number, long after, int limit) {
    return connections.call(connection -> reader.transaction(connection, number, after, limit));
  }

  /** Returns the event with what it changed; rebuilds the state before it. */
  RecordedEvent recorded(Event event) {
    if (event.operation() == Operation.DOMAIN) {
      return new RecordedEvent(event, List.of());
    }
    State before = asWritten(event.stream(), Bound.at(event.position() - 1)).orElse(null);
    return new RecordedEvent(
        event, Difference.between(attributes(before), attributes(fold.next(before, event))));
  }

  /** Returns the objects that a transaction changed, in the order in which it did. */
  public List<TouchedStream> touched(long transaction) {
    return connections.call(connection -> reader.touched(connection, transaction));
  }

  /** Returns the position of the object's last state change, 0 if it has none. */
  public long position(StreamId stream) {
    return connections.call(connection -> reader.lastPosition(connection, stream));
  }

  /** Returns whether the object has any event that is committed. */
  public boolean hasEvents(StreamId stream) {
    return lastEvent(stream) > 0;
  }

  private long lastEvent(StreamId stream) {
    return connections.call(connection -> reader.lastEvent(connection, stream));
  }

  /** Returns how many objects of a type ever had an event. */
  public long objects(String contentType) {
    return connections.call(connection -> reader.objects(connection, contentType));
  }

  /**
   * Returns the ids of objects that at some time until {@code settled} may have referred to others,
   * as {@link Referring} says.
   */
  List<String> referring(
      String contentType, List<String> way, Collection<JsonValue> keys, Instant settled) {
    return connections.call(
        connection -> referring.objectIds(connection, contentType, way, keys, settled));
  }

  /** Returns some of them, as {@link Referring} says. */
  List<String> referring(
      String contentType,
      List<String> way,
      @Nullable JsonValue key,
      Instant settled,
      String after,
      int limit) {
    return connections.call(
        connection ->
            referring.objectIds(connection, contentType, way, key, settled, after, limit));
  }

  /** Returns every content type with its counts, by name. */
  public List<TypeSummary> types() {
    return connections.call(reader::types);
  }

  /** Returns whether the database has the content type. */
  public boolean isType(String contentType) {
    return connections.call(connection -> reader.isType(connection, contentType));
  }

  private List<String> objectIds(String contentType, String after, int limit) {
    return connections.call(connection -> reader.objectIds(connection, contentType, after, limit));
  }

  private List<Replay> replays(String contentType, List<String> objectIds, Bound bound) {
    return connections.call(connection -> reader.replay(connection, contentType, objectIds, bound));
  }

  /** Returns the next events of a stream, a batch of them, in the order of their positions. */
  List<Event> eventsAfter(StreamId stream, long position) {
    return connections.call(connection -> reader.events(connection, stream, position, BATCH));
  }

  private SortedMap<String, JsonValue> attributes(@Nullable State state) {
    return state == null ? new TreeMap<>() : fold.today(state).attributes();
  }
}

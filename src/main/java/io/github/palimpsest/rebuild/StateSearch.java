package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.state.EntityModels;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds states of a type as of an instant that the caller has settled: rebuilds them in batches and
 * compares them as they pass. An order keeps no more than the places of as many as are wanted, or
 * of the next 10,000; beyond those it begins again. Safe for threads.
 */
public final class StateSearch {
  private static final int BATCH = 500;
  private static final int PLACES = 10_000;

  private final Rebuilder rebuilder;
  private final EntityModels models;

  /**
   * Creates it.
   *
   * @param models of the persistence unit whose states these are
   */
  public StateSearch(Rebuilder rebuilder, EntityModels models) {
    this.rebuilder = rebuilder;
    this.models = models;
  }

  /** A state and where it is in the order. */
  record Placed(StateCursor place, State state) {}

  /**
   * Returns the states that the query has, in its order, from after {@code after} on.
   *
   * @param number about so many are wanted
   */
  public Stream<State> states(
      StateQuery query, Instant settled, @Nullable StateCursor after, int number) {
    if (query.orders().isEmpty()) {
      String id = after == null ? "" : after.objectId();
      return placed(query, settled, id, number).map(Placed::state);
    }
    int places = Math.min(number, PLACES);
    return Stream.iterate(
            next(query, settled, after, places),
            found -> !found.isEmpty(),
            found ->
                found.size() < places
                    ? List.of()
                    : next(query, settled, found.get(found.size() - 1), places))
        .flatMap(found -> inOrder(query, settled, found));
  }

  /** Returns where {@code state} is in the order of the query. */
  public StateCursor place(StateQuery query, State state, Instant settled) {
    return query.place(state, values(List.of(state), query, settled));
  }

  /** Returns those of some states that the query has; reads once what they refer to. */
  public List<State> among(List<State> states, StateQuery query, Instant settled) {
    PathValues values = values(states, query, settled);
    return states.stream().filter(state -> query.holds(state, values)).toList();
  }

  /** Returns how many states the query has. */
  public long count(StateQuery query, Instant settled) {
    return placed(query, settled, "", BATCH).count();
  }

  /** Returns the first state in the order of the query; empty if there is none. */
  public Optional<State> first(StateQuery query, Instant settled) {
    Stream<Placed> all = placed(query, settled, "", query.orders().isEmpty() ? 1 : BATCH);
    return (query.orders().isEmpty() ? all.findFirst() : all.min(order(query))).map(Placed::state);
  }

  /** Returns the last state in the order of the query; empty if there is none. */
  public Optional<State> last(StateQuery query, Instant settled) {
    Stream<Placed> all = placed(query, settled, "", BATCH);
    return (query.orders().isEmpty() ? all.reduce((one, next) -> next) : all.max(order(query)))
        .map(Placed::state);
  }

  private static Comparator<Placed> order(StateQuery query) {
    return (one, other) -> query.compare(one.place(), other.place());
  }

  /** By object id, whatever order is asked for. */
  private Stream<Placed> placed(StateQuery query, Instant settled, String after, int first) {
    int size = Math.min(first, BATCH);
    return Batches.of(rebuilder.all(query.contentType(), settled, after, size), size)
        .flatMap(
            batch -> {
              PathValues values = values(batch, query, settled);
              return batch.stream()
                  .filter(state -> query.holds(state, values))
                  .map(state -> new Placed(query.place(state, values), state));
            });
  }

  private PathValues values(List<State> states, StateQuery query, Instant settled) {
    return PathValues.of(states, query.paths(), models, rebuilder, Bound.asOf(settled));
  }

  /** Goes through the whole type and keeps the {@code number} places nearest after one. */
  private List<StateCursor> next(
      StateQuery query, Instant settled, @Nullable StateCursor after, int number) {
    Comparator<StateCursor> order = query::compare;
    PriorityQueue<StateCursor> nearest = new PriorityQueue<>(order.reversed());
    placed(query, settled, "", BATCH)
        .map(Placed::place)
        .filter(place -> after == null || order.compare(place, after) > 0)
        .filter(place -> nearest.size() < number || order.compare(place, nearest.element()) < 0)
        .forEach(
            place -> {
              nearest.add(place);
              if (nearest.size() > number) {
                nearest.remove();
              }
            });
    return nearest.stream().sorted(order).toList();
  }

  private Stream<State> inOrder(StateQuery query, Instant settled, List<StateCursor> places) {
    return Batches.of(places.stream().map(StateCursor::objectId), BATCH)
        .flatMap(
            ids -> {
              Map<String, State> states = new HashMap<>();
              rebuilder
                  .at(query.contentType(), ids, Bound.asOf(settled))
                  .forEach(state -> states.put(state.stream().objectId(), state));
              return ids.stream().flatMap(id -> Stream.ofNullable(states.get(id)));
            });
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import io.github.palimpsest.state.ReferencedKeys;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads some objects of a view and what they need: round by round, what the last round refers to,
 * until there is nothing more. Only then they are filled, first with values, then with each other,
 * so that sets of objects find the values that their hash codes need.
 */
final class PastLoading {
  private static final int BATCH = 500;
  private static final Predicate<Attribute> REFER = each -> ReferencedKeys.areIn(each.codec());

  private final PastReferrers referrers;
  private final EntityModels models;
  private final Identities known;
  private final int most;
  private final BiFunction<Inverse, StreamId, List<Object>> referring;

  /** Held strongly until all are filled and refer to each other. */
  private final Map<StreamId, Object> objects = new HashMap<>();

  private final Map<StreamId, State> states = new LinkedHashMap<>();
  private final Set<StreamId> asked = new HashSet<>();
  private final Map<Side, StreamId> singles = new HashMap<>();

  /** One object's inverse side. */
  private record Side(StreamId stream, String attribute) {}

  /**
   * Creates it.
   *
   * @param known the objects that are loaded already, filled
   * @param referring loads an inverse collection when it is read
   */
  PastLoading(
      PastReferrers referrers,
      Identities known,
      int most,
      BiFunction<Inverse, StreamId, List<Object>> referring) {
    this.referrers = referrers;
    this.models = referrers.models();
    this.known = known;
    this.most = most;
    this.referring = referring;
  }

  /** Returns the objects of these states, in their order. */
  List<Object> load(List<State> wanted) {
    List<State> round = added(wanted);
    while (!round.isEmpty()) {
      List<State> next = new ArrayList<>(referenced(round));
      next.addAll(singleReferrers(round));
      round = next;
    }
    states.values().forEach(state -> fill(state, REFER.negate()));
    states.values().forEach(state -> fill(state, REFER));
    states.values().forEach(this::fillInverses);
    objects.forEach(known::put);
    return wanted.stream().map(state -> object(state.stream())).toList();
  }

  private Object object(StreamId stream) {
    return Objects.requireNonNull(objects.get(stream));
  }

  /** Returns those that are new here. */
  private List<State> added(Collection<State> found) {
    List<State> added = new ArrayList<>();
    for (State state : found) {
      if (!state.isTombstone() && !isThere(state.stream())) {
        objects.put(state.stream(), model(state.stream()).empty());
        states.put(state.stream(), state);
        added.add(state);
      }
    }
    if (states.size() > most) {
      throw new TooManyObjectsException(most);
    }
    return added;
  }

  private boolean isThere(StreamId stream) {
    Object object = objects.containsKey(stream) ? null : known.get(stream);
    if (object != null) {
      objects.put(stream, object);
    }
    return objects.containsKey(stream);
  }

  private EntityModel model(StreamId stream) {
    return models.of(stream.contentType()).orElseThrow();
  }

  private List<State> referenced(List<State> round) {
    Map<String, Set<String>> wanted = new TreeMap<>();
    round.stream()
        .flatMap(this::references)
        .filter(stream -> !isThere(stream) && asked.add(stream))
        .forEach(
            stream ->
                wanted
                    .computeIfAbsent(stream.contentType(), type -> new TreeSet<>())
                    .add(stream.objectId()));
    Bound bound = Bound.asOf(referrers.settled());
    return wanted.entrySet().stream()
        .flatMap(
            each ->
                Batches.of(each.getValue().stream(), BATCH)
                    .flatMap(ids -> referrers.rebuilder().at(each.getKey(), ids, bound).stream()))
        .flatMap(state -> added(List.of(state)).stream())
        .toList();
  }

  private Stream<StreamId> references(State state) {
    return model(state.stream()).attributes().stream()
        .filter(REFER)
        .flatMap(
            attribute ->
                ReferencedKeys.streams(
                    attribute.codec(),
                    state.attributes().getOrDefault(attribute.name(), JsonValue.NULL),
                    models)
                    .stream());
  }

  private List<State> singleReferrers(List<State> round) {
    List<State> found = new ArrayList<>();
    round.stream()
        .map(State::stream)
        .collect(Collectors.groupingBy(StreamId::contentType))
        .forEach(
            (type, streams) ->
                models.inverses(models.of(type).orElseThrow().entityClass()).stream()
                    .filter(Inverse::isSingle)
                    .forEach(inverse -> found.addAll(singleReferrers(inverse, streams))));
    return found;
  }

  private List<State> singleReferrers(Inverse inverse, List<StreamId> streams) {
    List<State> found = new ArrayList<>();
    referrers
        .of(inverse, streams, most)
        .forEach(
            (stream, states) -> {
              singles.put(new Side(stream, inverse.name()), states.get(0).stream());
              found.addAll(added(states.subList(0, 1)));
            });
    return found;
  }

  private void fill(State state, Predicate<Attribute> which) {
    DetachedEntities.fitting(
        state,
        () -> {
          Object object = object(state.stream());
          model(state.stream()).fill(object, state.attributes(), this::resolve, which);
          return object;
        });
  }

  /** What history does not have then holds its id. */
  private Object resolve(Class<?> entityClass, Object primaryKey) {
    return models.stream(entityClass, primaryKey)
        .map(
            stream ->
                isThere(stream)
                    ? object(stream)
                    : remembered(stream, models.stub(entityClass, primaryKey)))
        .orElseGet(() -> models.stub(entityClass, primaryKey));
  }

  private Object remembered(StreamId stream, Object stub) {
    objects.put(stream, stub);
    return stub;
  }

  private void fillInverses(State state) {
    StreamId stream = state.stream();
    Object object = object(stream);
    for (Inverse inverse : models.inverses(object.getClass())) {
      Supplier<List<Object>> loading = () -> referring.apply(inverse, stream);
      inverse.accessor().set(object, side(inverse, stream, loading));
    }
  }

  private @Nullable Object side(Inverse inverse, StreamId stream, Supplier<List<Object>> loading) {
    if (inverse.isSingle()) {
      StreamId single = singles.get(new Side(stream, inverse.name()));
      return single == null ? null : object(single);
    }
    if (inverse.isMap()) {
      return PastCollections.map(loading, each -> key(inverse, each));
    }
    return inverse.isList() ? PastCollections.list(loading) : PastCollections.set(loading);
  }

  private @Nullable Object key(Inverse inverse, Object element) {
    EntityModel model = models.of(element.getClass()).orElseThrow();
    return inverse.key().isEmpty()
        ? model.identifier().objectId(element).map(model.identifier()::primaryKey).orElse(null)
        : model.attribute(inverse.key()).orElseThrow().accessor().get(element);
  }
}

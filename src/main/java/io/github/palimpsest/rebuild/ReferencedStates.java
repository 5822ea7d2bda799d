package io.github.palimpsest.rebuild;

import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.ReferencedKeys;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The states to which attributes of some states refer, all as of one bound. */
public final class ReferencedStates {
  private static final int BATCH = 500;

  private final EntityModels models;
  private final Map<StreamId, State> states = new HashMap<>();

  private ReferencedStates(EntityModels models) {
    this.models = models;
  }

  /**
   * Reads them. An object counts each time that it is referred to, as it is shown each time.
   *
   * @param from states of audited classes
   * @param attributes paths within their states
   * @throws TooManyObjectsException if there are more than {@link PastObjects#MOST} references
   */
  public static ReferencedStates of(
      List<State> from,
      List<AttributePath> attributes,
      EntityModels models,
      Rebuilder rebuilder,
      Bound bound) {
    ReferencedStates referenced = new ReferencedStates(models);
    Set<StreamId> wanted = new LinkedHashSet<>();
    int references = 0;
    for (State state : from) {
      for (AttributePath path : attributes) {
        Set<StreamId> streams = streams(state, path, models);
        references += streams.size();
        wanted.addAll(streams);
      }
      if (references > PastObjects.MOST) {
        throw new TooManyObjectsException(PastObjects.MOST);
      }
    }
    referenced.read(wanted, rebuilder, bound);
    return referenced;
  }

  /** Returns those of some objects in their order, without what did not exist; read in batches. */
  static Stream<State> inOrder(
      List<StreamId> streams, EntityModels models, Rebuilder rebuilder, Bound bound) {
    return Batches.of(streams.stream(), BATCH)
        .flatMap(
            batch -> {
              ReferencedStates read = new ReferencedStates(models);
              read.read(batch, rebuilder, bound);
              return read.at(batch);
            });
  }

  /** Returns what {@code state} refers to; without what did not exist, or is not audited. */
  public List<State> at(State state, AttributePath path) {
    return at(streams(state, path, models)).toList();
  }

  private Stream<State> at(Collection<StreamId> streams) {
    return streams.stream().flatMap(stream -> Stream.ofNullable(states.get(stream)));
  }

  private void read(Collection<StreamId> wanted, Rebuilder rebuilder, Bound bound) {
    wanted.stream()
        .collect(
            Collectors.groupingBy(
                StreamId::contentType, Collectors.mapping(StreamId::objectId, Collectors.toList())))
        .forEach(
            (type, ids) ->
                Batches.of(ids.stream(), BATCH)
                    .flatMap(batch -> rebuilder.at(type, batch, bound).stream())
                    .filter(state -> !state.isTombstone())
                    .forEach(state -> states.put(state.stream(), state)));
  }

  /** Returns the audited objects to which {@code state} refers, in its order. */
  static Set<StreamId> streams(State state, AttributePath path, EntityModels models) {
    JsonValue value = PathValues.in(state.attributes(), path.rest());
    return ReferencedKeys.streams(Objects.requireNonNull(path.codec()), value, models);
  }
}

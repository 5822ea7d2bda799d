package io.github.palimpsest.rebuild;

import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.ReferencedKeys;
import jakarta.json.JsonValue;
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
   * Reads them, at most {@link PastObjects#MOST}.
   *
   * @param from states of audited classes
   * @param attributes paths within their states
   * @throws TooManyObjectsException if there are more
   */
  public static ReferencedStates of(
      List<State> from,
      List<AttributePath> attributes,
      EntityModels models,
      Rebuilder rebuilder,
      Bound bound) {
    ReferencedStates referenced = new ReferencedStates(models);
    Set<StreamId> wanted = new LinkedHashSet<>();
    for (State state : from) {
      attributes.forEach(path -> wanted.addAll(referenced.streams(state, path)));
      if (wanted.size() > PastObjects.MOST) {
        throw new TooManyObjectsException(PastObjects.MOST);
      }
    }
    wanted.stream()
        .collect(
            Collectors.groupingBy(
                StreamId::contentType, Collectors.mapping(StreamId::objectId, Collectors.toList())))
        .forEach(
            (type, ids) ->
                Batches.of(ids.stream(), BATCH)
                    .flatMap(batch -> rebuilder.at(type, batch, bound).stream())
                    .filter(state -> !state.isTombstone())
                    .forEach(state -> referenced.states.put(state.stream(), state)));
    return referenced;
  }

  /** Returns what {@code state} refers to; without what did not exist, or is not audited. */
  public List<State> at(State state, AttributePath path) {
    return streams(state, path).stream()
        .flatMap(stream -> Stream.ofNullable(states.get(stream)))
        .toList();
  }

  private Set<StreamId> streams(State state, AttributePath path) {
    JsonValue value = PathValues.in(state.attributes(), path.rest());
    return ReferencedKeys.streams(Objects.requireNonNull(path.codec()), value, models);
  }
}

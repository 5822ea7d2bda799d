package io.github.palimpsest.restore;

import io.github.palimpsest.Restore;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Batches;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The old states of one type's objects: of all that existed by then, of those whose states are as
 * wanted, or of some that are named.
 */
final class OldStates implements Goals {
  private final Rebuilder rebuilder;
  private final EntityModels models;
  private final EntityModel model;
  private final Bound bound;
  private final Restore wanted;
  private final StateFilter filter;
  private final Set<StreamId> gone = new HashSet<>();

  /**
   * Creates them.
   *
   * @param bound up to where events count, settled
   */
  OldStates(
      Rebuilder rebuilder,
      EntityModels models,
      EntityModel model,
      Bound bound,
      Restore wanted,
      StateFilter filter) {
    this.rebuilder = rebuilder;
    this.models = models;
    this.model = model;
    this.bound = bound;
    this.wanted = wanted;
    this.filter = filter;
    if (wanted.isExact()) {
      findGone();
    }
  }

  @Override
  public Stream<Goal> all() {
    Stream<State> states =
        wanted.objectIds().isEmpty()
            ? rebuilder.all(model.contentType(), bound.time(), "")
            : named();
    return Batches.of(states, Execution.BATCH)
        .flatMap(batch -> filter.of(batch).stream())
        .map(state -> new Goal(model, state, wanted.attributes()));
  }

  private Stream<State> named() {
    return Batches.of(wanted.objectIds().stream(), Execution.BATCH)
        .flatMap(
            ids -> {
              Map<String, State> states = statesOf(ids);
              return ids.stream()
                  .filter(id -> !gone.contains(stream(id)))
                  .map(id -> existing(id, Optional.ofNullable(states.get(id))));
            });
  }

  private Map<String, State> statesOf(List<String> ids) {
    Map<String, State> states = new LinkedHashMap<>();
    rebuilder
        .at(model.contentType(), ids, bound)
        .forEach(state -> states.put(state.stream().objectId(), state));
    return states;
  }

  private State existing(String objectId, Optional<State> state) {
    State known =
        state.orElseThrow(() -> new StreamNotFoundException(model.contentType(), objectId));
    if (known.isTombstone()) {
      throw new StreamDeletedException(model.contentType(), objectId, known.position());
    }
    return known;
  }

  @Override
  public Map<StreamId, Goal> of(Collection<StreamId> streams) {
    Map<StreamId, Goal> found = new HashMap<>();
    ByType.of(streams)
        .forEach(
            (contentType, objectIds) ->
                models
                    .of(contentType)
                    .ifPresent(
                        each ->
                            askedFor(existing(contentType, objectIds)).stream()
                                .map(state -> new Goal(each, state, Set.of()))
                                .forEach(goal -> found.put(goal.stream(), goal))));
    return found;
  }

  private List<State> existing(String contentType, List<String> objectIds) {
    return rebuilder.at(contentType, objectIds, bound).stream()
        .filter(state -> !state.isTombstone())
        .toList();
  }

  private List<State> askedFor(List<State> states) {
    return wanted.isRelated()
        ? states
        : filter.of(states.stream().filter(state -> isNamed(state.stream())).toList());
  }

  private boolean isNamed(StreamId stream) {
    return stream.contentType().equals(model.contentType())
        && (wanted.objectIds().isEmpty() || wanted.objectIds().contains(stream.objectId()));
  }

  @Override
  public long most() {
    return wanted.objectIds().isEmpty()
        ? rebuilder.objects(model.contentType())
        : wanted.objectIds().size();
  }

  @Override
  public Set<StreamId> gone() {
    return gone;
  }

  /** Of what is named, only what exists at some time. */
  private void findGone() {
    Stream<State> candidates =
        wanted.objectIds().isEmpty()
            ? rebuilder.all(model.contentType(), Bound.none().time(), "")
            : Batches.of(wanted.objectIds().stream(), Execution.BATCH)
                .flatMap(ids -> rebuilder.at(model.contentType(), ids, Bound.none()).stream());
    Batches.of(candidates.map(state -> state.stream().objectId()), Execution.BATCH)
        .forEach(
            ids -> {
              Map<String, State> states = statesOf(ids);
              ids.stream()
                  .filter(id -> !states.containsKey(id) || states.get(id).isTombstone())
                  .map(this::stream)
                  .forEach(gone::add);
            });
  }

  private StreamId stream(String objectId) {
    return new StreamId(model.contentType(), objectId);
  }
}

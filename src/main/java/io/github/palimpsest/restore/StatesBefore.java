package io.github.palimpsest.restore;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.rebuild.Batches;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What objects were before a transaction changed them, as far as nothing changed them again: of
 * each, the states before, after and now are compared, attribute by attribute. Conflicts are known
 * when the goals have been read. In memory are the ids of what the transaction changed.
 */
final class StatesBefore implements Goals {
  private final Rebuilder rebuilder;
  private final LiveEntities live;
  private final boolean isForced;
  private final Map<StreamId, TouchedStream> kept = new LinkedHashMap<>();
  private final Set<StreamId> gone = new LinkedHashSet<>();
  private final Conflicts conflicts;

  /**
   * Reads what the transaction changed.
   *
   * @param conflicts is told what is left as it is
   */
  StatesBefore(
      Rebuilder rebuilder,
      LiveEntities live,
      long transaction,
      boolean isForced,
      Conflicts conflicts) {
    this.rebuilder = rebuilder;
    this.live = live;
    this.isForced = isForced;
    this.conflicts = conflicts;
    Batches.of(
            rebuilder.touched(transaction).stream()
                .filter(touched -> live.models().of(touched.stream().contentType()).isPresent()),
            Execution.BATCH)
        .forEach(this::add);
  }

  private void add(List<TouchedStream> batch) {
    Map<StreamId, State> before = before(batch);
    List<TouchedStream> made = new ArrayList<>();
    for (TouchedStream touched : batch) {
      if (before.containsKey(touched.stream())) {
        kept.put(touched.stream(), touched);
      } else {
        made.add(touched);
      }
    }
    Map<StreamId, State> after = after(made);
    Map<StreamId, State> now = now(made);
    for (TouchedStream touched : made) {
      StreamId stream = touched.stream();
      if (isUnchanged(stream, after.get(stream), now.get(stream))) {
        gone.add(stream);
      }
    }
  }

  /**
   * Of what was created: whether it may go. What was gone within the transaction already, somebody
   * made anew.
   */
  private boolean isUnchanged(StreamId stream, @Nullable State after, @Nullable State now) {
    if (after == null || now == null) {
      return false;
    }
    Set<String> changed = changed(model(stream), after, now);
    if (!isForced) {
      changed.forEach(attribute -> addChangedLater(stream, attribute, now));
    }
    return isForced || changed.isEmpty();
  }

  @Override
  public Stream<Goal> all() {
    return Batches.of(kept.values().stream(), Execution.BATCH)
        .flatMap(batch -> goals(batch).stream());
  }

  @Override
  public Map<StreamId, Goal> of(Collection<StreamId> streams) {
    Map<StreamId, Goal> found = new HashMap<>();
    goals(streams.stream().map(kept::get).filter(Objects::nonNull).toList()).stream()
        .filter(Goal::isWhole)
        .forEach(goal -> found.put(goal.stream(), goal));
    return found;
  }

  @Override
  public long most() {
    return kept.size();
  }

  @Override
  public Set<StreamId> gone() {
    return gone;
  }

  private List<Goal> goals(List<TouchedStream> batch) {
    Map<StreamId, State> now = now(batch);
    Map<StreamId, State> before = before(batch);
    Map<StreamId, State> after = after(batch);
    return batch.stream()
        .map(TouchedStream::stream)
        .flatMap(
            stream ->
                goal(Objects.requireNonNull(before.get(stream)), after.get(stream), now.get(stream))
                    .stream())
        .toList();
  }

  private Optional<Goal> goal(State before, @Nullable State after, @Nullable State now) {
    EntityModel model = model(before.stream());
    if (after == null) {
      return comingBack(model, before, now);
    }
    Set<String> attributes = changed(model, before, after);
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    if (now == null) {
      addRemovedLater(before.stream());
      return Optional.empty();
    }
    attributes.removeIf(attribute -> isSettled(attribute, before, after, now));
    return attributes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Goal(model, before, attributes));
  }

  /** What the transaction removed. */
  private Optional<Goal> comingBack(EntityModel model, State before, @Nullable State now) {
    if (now == null || isForced) {
      return Optional.of(new Goal(model, before, Set.of()));
    }
    if (!changed(model, before, now).isEmpty()) {
      addConflict(
          before.stream(),
          null,
          "%s was created again at or before position %d."
              .formatted(before.stream(), now.position()));
    }
    return Optional.empty();
  }

  /** Whether an attribute is to be left alone: it has its old value again, or a third one. */
  private boolean isSettled(String attribute, State before, State after, State now) {
    if (same(attribute, before, now)) {
      return true;
    }
    if (same(attribute, after, now) || isForced) {
      return false;
    }
    addChangedLater(now.stream(), attribute, now);
    return true;
  }

  private void addChangedLater(StreamId stream, String attribute, State now) {
    addConflict(
        stream,
        attribute,
        "%s of %s was changed again, at or before position %d."
            .formatted(attribute, stream, now.position()));
  }

  private void addRemovedLater(StreamId stream) {
    addConflict(
        stream, null, "%s was removed later; only a whole object comes back.".formatted(stream));
  }

  private void addConflict(StreamId stream, @Nullable String attribute, String detail) {
    conflicts.addOnce(stream, attribute, detail);
  }

  private static boolean same(String attribute, State one, State other) {
    return JsonOrder.isSame(
        one.attributes().getOrDefault(attribute, JsonValue.NULL),
        other.attributes().getOrDefault(attribute, JsonValue.NULL));
  }

  /** Without the version, which is the provider's. */
  private static Set<String> changed(EntityModel model, State one, State other) {
    Set<String> changed = new LinkedHashSet<>();
    Difference.between(one.attributes(), other.attributes())
        .forEach(change -> changed.add(change.attribute()));
    changed.removeIf(name -> model.attribute(name).map(Attribute::isVersion).orElse(false));
    return changed;
  }

  private Map<StreamId, State> before(Collection<TouchedStream> batch) {
    return at(batch, touched -> touched.first() - 1);
  }

  private Map<StreamId, State> after(Collection<TouchedStream> batch) {
    return at(batch, TouchedStream::last);
  }

  /** Under the locks of their rows, so that nobody changes them any more. */
  private Map<StreamId, State> now(Collection<TouchedStream> batch) {
    ByType.of(batch.stream().map(TouchedStream::stream).toList())
        .forEach(
            (contentType, objectIds) ->
                live.find(live.models().of(contentType).orElseThrow(), objectIds));
    return at(batch, touched -> Bound.none().position());
  }

  /** Returns the states of those that existed, each up to a position. */
  private Map<StreamId, State> at(
      Collection<TouchedStream> batch, ToLongFunction<TouchedStream> position) {
    Map<String, Map<String, Long>> positions = new LinkedHashMap<>();
    batch.forEach(
        touched ->
            positions
                .computeIfAbsent(touched.stream().contentType(), type -> new LinkedHashMap<>())
                .put(touched.stream().objectId(), position.applyAsLong(touched)));
    Map<StreamId, State> found = new HashMap<>();
    positions.forEach(
        (contentType, each) ->
            rebuilder.at(contentType, each).stream()
                .filter(state -> !state.isTombstone())
                .forEach(state -> found.put(state.stream(), state)));
    return found;
  }

  private EntityModel model(StreamId stream) {
    return live.models().of(stream.contentType()).orElseThrow();
  }
}

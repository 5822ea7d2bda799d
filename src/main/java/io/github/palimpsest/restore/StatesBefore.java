package io.github.palimpsest.restore;

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
    List<TouchedStream> touched =
        rebuilder.touched(transaction).stream()
            .filter(each -> live.models().of(each.stream().contentType()).isPresent())
            .toList();
    Batches.of(touched.stream(), Execution.BATCH)
        .forEach(
            batch -> {
              add(batch);
              if (touched.size() > Execution.BATCH) {
                live.clear();
              }
            });
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
    Map<StreamId, Map<String, JsonValue>> now = now(made);
    for (TouchedStream touched : made) {
      if (isUnchanged(touched, after.get(touched.stream()), now.get(touched.stream()))) {
        gone.add(touched.stream());
      }
    }
  }

  /**
   * Of what was created: whether it may go. What was gone within the transaction already, somebody
   * made anew.
   */
  private boolean isUnchanged(
      TouchedStream touched, @Nullable State after, @Nullable Map<String, JsonValue> now) {
    if (after == null || now == null) {
      return false;
    }
    Set<String> changed = changed(model(touched.stream()), after.attributes(), now);
    if (!isForced) {
      changed.forEach(attribute -> addChangedLater(touched, attribute));
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
    Map<StreamId, Map<String, JsonValue>> now = now(batch);
    Map<StreamId, State> before = before(batch);
    Map<StreamId, State> after = after(batch);
    return batch.stream()
        .flatMap(
            touched ->
                goal(
                    touched,
                    Objects.requireNonNull(before.get(touched.stream())),
                    after.get(touched.stream()),
                    now.get(touched.stream()))
                    .stream())
        .toList();
  }

  private Optional<Goal> goal(
      TouchedStream touched,
      State before,
      @Nullable State after,
      @Nullable Map<String, JsonValue> now) {
    EntityModel model = model(before.stream());
    if (after == null) {
      return comingBack(touched, model, before, now);
    }
    Set<String> attributes = changed(model, before.attributes(), after.attributes());
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    if (now == null) {
      addRemovedLater(before.stream());
      return Optional.empty();
    }
    attributes.removeIf(attribute -> isSettled(touched, attribute, before, after, now));
    return attributes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Goal(model, before, attributes));
  }

  /** What the transaction removed. */
  private Optional<Goal> comingBack(
      TouchedStream touched,
      EntityModel model,
      State before,
      @Nullable Map<String, JsonValue> now) {
    if (now == null || isForced) {
      return Optional.of(new Goal(model, before, Set.of()));
    }
    if (!changed(model, before.attributes(), now).isEmpty()) {
      conflicts.addOnce(
          before.stream(),
          null,
          () -> "%s was created again%s.".formatted(before.stream(), when(touched)));
    }
    return Optional.empty();
  }

  /** Whether an attribute is to be left alone: it has its old value again, or a third one. */
  private boolean isSettled(
      TouchedStream touched,
      String attribute,
      State before,
      State after,
      Map<String, JsonValue> now) {
    if (isSame(attribute, before, now)) {
      return true;
    }
    if (isSame(attribute, after, now) || isForced) {
      return false;
    }
    addChangedLater(touched, attribute);
    return true;
  }

  private void addChangedLater(TouchedStream touched, String attribute) {
    conflicts.addOnce(
        touched.stream(),
        attribute,
        () ->
            "%s of %s was changed again%s.".formatted(attribute, touched.stream(), when(touched)));
  }

  private void addRemovedLater(StreamId stream) {
    conflicts.addOnce(
        stream,
        null,
        () -> "%s was removed later; only a whole object comes back.".formatted(stream));
  }

  /** What this very transaction did, and what capture did not see, has no position. */
  private String when(TouchedStream touched) {
    long position = rebuilder.position(touched.stream());
    return position > touched.last() ? ", at or before position " + position : "";
  }

  private static boolean isSame(String attribute, State one, Map<String, JsonValue> now) {
    return JsonOrder.isSame(
        one.attributes().getOrDefault(attribute, JsonValue.NULL),
        now.getOrDefault(attribute, JsonValue.NULL));
  }

  /** Without the version, which is the provider's. */
  private static Set<String> changed(
      EntityModel model, Map<String, JsonValue> one, Map<String, JsonValue> other) {
    Set<String> changed = new LinkedHashSet<>();
    Difference.between(one, other).forEach(change -> changed.add(change.attribute()));
    changed.removeIf(name -> model.attribute(name).map(Attribute::isVersion).orElse(false));
    return changed;
  }

  private Map<StreamId, State> before(Collection<TouchedStream> batch) {
    return at(batch, touched -> touched.first() - 1);
  }

  private Map<StreamId, State> after(Collection<TouchedStream> batch) {
    return at(batch, TouchedStream::last);
  }

  /**
   * What the rows hold, under their locks, so that nobody changes them any more: history does not
   * tell yet what this transaction did before.
   */
  private Map<StreamId, Map<String, JsonValue>> now(Collection<TouchedStream> batch) {
    Map<StreamId, Map<String, JsonValue>> now = new HashMap<>();
    ByType.find(live, batch.stream().map(TouchedStream::stream).toList())
        .forEach((stream, entity) -> now.put(stream, Planner.values(model(stream), entity)));
    return now;
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

package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What objects were before a transaction changed them, as far as nothing changed them again: of
 * each, the states before, after and now are compared, attribute by attribute. Conflicts are known
 * when the goals have been read. In memory are the ids of what the transaction changed.
 */
final class StatesBefore implements Goals {
  private static final int BATCH = 1000;

  private final Rebuilder rebuilder;
  private final LiveEntities live;
  private final long transaction;
  private final boolean isForced;
  private final Map<StreamId, TouchedStream> kept = new LinkedHashMap<>();
  private final Set<StreamId> gone = new LinkedHashSet<>();
  private final Set<Conflict> conflicts = new LinkedHashSet<>();

  StatesBefore(Rebuilder rebuilder, LiveEntities live, long transaction, boolean isForced) {
    this.rebuilder = rebuilder;
    this.live = live;
    this.transaction = transaction;
    this.isForced = isForced;
    rebuilder.touched(transaction).stream()
        .filter(touched -> live.models().of(touched.stream().contentType()).isPresent())
        .forEach(this::add);
  }

  private void add(TouchedStream touched) {
    if (before(touched) != null) {
      kept.put(touched.stream(), touched);
      return;
    }
    State now = now(touched);
    if (now != null && isUnchanged(touched, now)) {
      gone.add(touched.stream());
    }
  }

  /** Of what was created: whether it may go. */
  private boolean isUnchanged(TouchedStream touched, State now) {
    State after = after(touched);
    if (after == null) {
      return false; // it was gone within the transaction, and somebody made it anew
    }
    Set<String> changed = changed(model(touched.stream()), after, now);
    if (!isForced) {
      changed.forEach(attribute -> addChangedLater(touched.stream(), attribute, now));
    }
    return isForced || changed.isEmpty();
  }

  @Override
  public Stream<Goal> all() {
    return kept.values().stream().flatMap(touched -> goal(touched).stream());
  }

  @Override
  public Optional<Goal> of(StreamId stream) {
    return Optional.ofNullable(kept.get(stream)).flatMap(this::goal).filter(Goal::isWhole);
  }

  @Override
  public Set<StreamId> gone() {
    return gone;
  }

  List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  /** Returns what the application had appended in the transaction. */
  List<Event> domainEvents() {
    List<Event> found = new ArrayList<>();
    long after = 0;
    List<Event> batch = rebuilder.transactionEvents(transaction, after, BATCH);
    while (!batch.isEmpty()) {
      batch.stream().filter(each -> each.operation() == Operation.DOMAIN).forEach(found::add);
      after = batch.get(batch.size() - 1).position();
      batch = rebuilder.transactionEvents(transaction, after, BATCH);
    }
    return found;
  }

  private Optional<Goal> goal(TouchedStream touched) {
    EntityModel model = model(touched.stream());
    State before = Objects.requireNonNull(before(touched));
    @Nullable State after = after(touched);
    @Nullable State now = now(touched);
    if (after == null) {
      return comingBack(model, before, now);
    }
    Set<String> attributes = changed(model, before, after);
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    if (now == null) {
      addRemovedLater(touched.stream());
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
    conflicts.add(new Conflict(stream.contentType(), stream.objectId(), attribute, detail));
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

  private @Nullable State before(TouchedStream touched) {
    return at(touched.stream(), Bound.at(touched.first() - 1));
  }

  private @Nullable State after(TouchedStream touched) {
    return at(touched.stream(), Bound.at(touched.last()));
  }

  /** Under the lock of its row, so that nobody changes it any more. */
  private @Nullable State now(TouchedStream touched) {
    live.find(model(touched.stream()), touched.stream().objectId());
    return at(touched.stream(), Bound.none());
  }

  /** Returns the state; null if the object did not exist. */
  private @Nullable State at(StreamId stream, Bound bound) {
    return rebuilder.at(stream, bound).filter(state -> !state.isTombstone()).orElse(null);
  }

  private EntityModel model(StreamId stream) {
    return live.models().of(stream.contentType()).orElseThrow();
  }
}

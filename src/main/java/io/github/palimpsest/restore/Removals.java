package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Batches;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.MapCodec;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes the objects that shall be gone, each after what refers to it. What nothing else refers to
 * goes first of all, so that what comes back finds unique values free; the rest goes at the end,
 * when its referrers have been changed. What the provider would remove with an object has to be
 * among those that shall be gone, or not audited. For one thread and one use.
 */
final class Removals {
  private final LiveEntities live;
  private final @Nullable Instant asOf;
  private final boolean isDryRun;
  private final Report report;

  /** What still has to go, with what still keeps it. */
  private final Map<StreamId, Set<Hold>> waiting = new LinkedHashMap<>();

  /** What would remove something with it that stays, with that. */
  private final Map<StreamId, Set<StreamId>> kept = new LinkedHashMap<>();

  /** Of what may go with something else before its turn comes. */
  private final Map<StreamId, Restored> told = new HashMap<>();

  /** What refers to something that still has to go. */
  private final Map<StreamId, Set<StreamId>> referredTo = new LinkedHashMap<>();

  /**
   * A reference to an object that shall be gone.
   *
   * @param referrer that has it
   * @param target the object, or one that would be removed with it
   */
  private record Hold(Referrer referrer, StreamId target) {}

  Removals(LiveEntities live, @Nullable Instant asOf, boolean isDryRun, Report report) {
    this.live = live;
    this.asOf = asOf;
    this.isDryRun = isDryRun;
    this.report = report;
  }

  /** Finds out what refers to them, and removes those that nothing but they refer to. */
  void begin(Set<StreamId> gone) {
    Batches.of(gone.stream(), Execution.BATCH)
        .forEach(
            batch -> {
              batch.forEach(stream -> add(stream, gone));
              forget(gone.size());
            });
    removeFree();
  }

  private void add(StreamId stream, Set<StreamId> gone) {
    find(stream)
        .ifPresent(
            entity -> {
              Set<Hold> holds = new LinkedHashSet<>(holds(stream, entity));
              Set<StreamId> staying = new LinkedHashSet<>();
              for (Object part : live.removedWith(entity)) {
                Optional<StreamId> one = stream(part);
                if (one.isPresent() && gone.contains(one.get())) {
                  holds.addAll(holds(one.get(), part));
                } else {
                  one.ifPresent(staying::add);
                }
              }
              holds.removeIf(each -> each.referrer().stream().equals(stream));
              holds.forEach(each -> staying.remove(each.referrer().stream()));
              add(stream, holds, staying);
              if (!isFree(stream) && told.size() < report.listed()) {
                told.put(stream, told(stream, entity));
              }
            });
  }

  private void add(StreamId stream, Set<Hold> holds, Set<StreamId> staying) {
    waiting.put(stream, holds);
    if (!staying.isEmpty()) {
      kept.put(stream, staying);
    }
    holds.forEach(
        each ->
            referredTo
                .computeIfAbsent(each.referrer().stream(), any -> new LinkedHashSet<>())
                .add(stream));
  }

  private List<Hold> holds(StreamId target, Object entity) {
    return live.referrers(entity).stream().map(each -> new Hold(each, target)).toList();
  }

  private Optional<StreamId> stream(Object entity) {
    return live.models().of(entity.getClass()).flatMap(model -> model.stream(entity));
  }

  /** Takes note that an object no longer refers to anything with these attributes. */
  void changed(StreamId stream, Set<String> attributes) {
    for (StreamId each : referredTo.getOrDefault(stream, Set.of())) {
      waiting
          .getOrDefault(each, new HashSet<>())
          .removeIf(
              one ->
                  one.referrer().stream().equals(stream)
                      && attributes.contains(one.referrer().attribute()));
    }
  }

  /**
   * Removes the rest, circles included.
   *
   * @return a conflict for each that something refers to that stays, or that would remove something
   *     that stays; it stays as well
   */
  List<Conflict> finish() {
    removeFree();
    if (!waiting.isEmpty() && kept.isEmpty() && !isReferredToFromOutside()) {
      waiting.forEach((stream, holds) -> holds.removeIf(each -> cut(each.referrer())));
      flush();
      removeFree();
    }
    return blocked();
  }

  private void removeFree() {
    for (Set<StreamId> free = free(); !free.isEmpty(); free = free()) {
      int number = free.size();
      Batches.of(free.stream(), Execution.BATCH)
          .forEach(
              batch -> {
                batch.forEach(stream -> report.add(told(stream)));
                remove(batch);
                forget(number);
              });
    }
  }

  private Set<StreamId> free() {
    Set<StreamId> free = new LinkedHashSet<>();
    waiting.keySet().stream().filter(this::isFree).forEach(free::add);
    return free;
  }

  private boolean isFree(StreamId stream) {
    return waiting.getOrDefault(stream, Set.of()).isEmpty() && !kept.containsKey(stream);
  }

  private void remove(Iterable<StreamId> streams) {
    for (StreamId stream : streams) {
      if (!isDryRun) {
        find(stream).ifPresent(live::remove);
      }
      waiting.remove(stream);
      referredTo
          .getOrDefault(stream, Set.of())
          .forEach(
              each ->
                  waiting
                      .getOrDefault(each, new HashSet<>())
                      .removeIf(one -> one.referrer().stream().equals(stream)));
    }
    flush();
  }

  private boolean isReferredToFromOutside() {
    return waiting.values().stream()
        .flatMap(Set::stream)
        .anyMatch(each -> !waiting.containsKey(each.referrer().stream()));
  }

  private List<Conflict> blocked() {
    List<Conflict> conflicts = new ArrayList<>();
    waiting.forEach(
        (stream, holds) ->
            Stream.concat(
                    holds.stream().map(hold -> why(stream, hold)),
                    kept.getOrDefault(stream, Set.of()).stream()
                        .map(each -> each + " would be removed with it"))
                .distinct()
                .forEach(
                    why ->
                        conflicts.add(
                            new Conflict(
                                stream.contentType(),
                                stream.objectId(),
                                null,
                                "%s cannot be removed: %s.".formatted(stream, why)))));
    return conflicts;
  }

  private static String why(StreamId stream, Hold hold) {
    return hold.target().equals(stream)
        ? hold.referrer().stream() + " refers to it"
        : "%s refers to %s, which would be removed with it"
            .formatted(hold.referrer().stream(), hold.target());
  }

  /** Takes the reference out of a row that will be removed too, if it may be without. */
  private boolean cut(Referrer referrer) {
    EntityModel model = model(referrer.stream());
    Attribute attribute = model.attribute(referrer.attribute()).orElseThrow();
    if (live.isRequired(model, attribute.name()) || attribute.plainCodec() instanceof MapCodec) {
      return false;
    }
    if (!isDryRun) {
      JsonValue nothing =
          attribute.isStoredBesideTheRow() ? JsonValue.EMPTY_JSON_ARRAY : JsonValue.NULL;
      Object without = model.instantiate(Map.of(attribute.name(), nothing), live.models()::stub);
      Object entity = find(referrer.stream()).orElseThrow();
      live.change(model, entity, List.of(attribute.name()), without);
    }
    return true;
  }

  private Restored told(StreamId stream) {
    Restored known = told.remove(stream);
    return known == null ? told(stream, find(stream).orElse(null)) : known;
  }

  /** What went with something else and is beyond what is listed is only counted. */
  private Restored told(StreamId stream, @Nullable Object entity) {
    Map<String, JsonValue> before =
        entity == null ? Map.of() : Planner.values(model(stream), entity);
    return new Restored(
        stream.contentType(),
        stream.objectId(),
        asOf,
        isDryRun,
        Operation.REMOVE,
        Difference.between(before, Map.of()),
        List.of());
  }

  private Optional<Object> find(StreamId stream) {
    return live.find(model(stream), stream.objectId());
  }

  private EntityModel model(StreamId stream) {
    return live.models().of(stream.contentType()).orElseThrow();
  }

  private void flush() {
    if (!isDryRun) {
      live.flush();
    }
  }

  /** Beyond one batch nothing is kept in the persistence context. */
  private void forget(int number) {
    if (number > Execution.BATCH) {
      live.flush();
      live.clear();
    }
  }
}

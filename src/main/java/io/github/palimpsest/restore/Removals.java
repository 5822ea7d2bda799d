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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes the objects that shall be gone, each after what refers to it. What nothing else refers to
 * goes first of all, so that what comes back finds unique values free; the rest goes at the end,
 * when its referrers have been changed. For one thread and one use.
 */
final class Removals {
  private final LiveEntities live;
  private final @Nullable Instant asOf;
  private final boolean isDryRun;
  private final Report report;

  /** What still has to go, with what still refers to it. */
  private final Map<StreamId, Set<Referrer>> waiting = new LinkedHashMap<>();

  /** What refers to something that still has to go. */
  private final Map<StreamId, Set<StreamId>> referredTo = new LinkedHashMap<>();

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
              batch.forEach(this::add);
              forget(gone.size());
            });
    removeFree();
  }

  private void add(StreamId stream) {
    live.find(model(stream), stream.objectId())
        .ifPresent(
            entity -> {
              Set<Referrer> referrers = new LinkedHashSet<>(live.referrers(entity));
              referrers.removeIf(each -> each.stream().equals(stream));
              referrers.forEach(
                  each ->
                      referredTo
                          .computeIfAbsent(each.stream(), any -> new LinkedHashSet<>())
                          .add(stream));
              waiting.put(stream, referrers);
            });
  }

  /** Takes note that an object no longer refers to anything with these attributes. */
  void changed(StreamId stream, Set<String> attributes) {
    for (StreamId each : referredTo.getOrDefault(stream, Set.of())) {
      waiting
          .getOrDefault(each, new HashSet<>())
          .removeIf(one -> one.stream().equals(stream) && attributes.contains(one.attribute()));
    }
  }

  /**
   * Removes the rest, circles included.
   *
   * @return a conflict for each that something refers to that stays; it stays as well
   */
  List<Conflict> finish() {
    removeFree();
    if (waiting.isEmpty() || isReferredToFromOutside()) {
      return blocked();
    }
    Map<StreamId, Restored> told = new LinkedHashMap<>();
    waiting.keySet().forEach(stream -> told.put(stream, told(stream)));
    waiting.forEach((stream, referrers) -> referrers.removeIf(this::cut));
    flush();
    for (Set<StreamId> free = free(); !free.isEmpty(); free = free()) {
      free.forEach(stream -> report.add(Objects.requireNonNull(told.get(stream))));
      remove(free);
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
    waiting.forEach(
        (stream, referrers) -> {
          if (referrers.isEmpty()) {
            free.add(stream);
          }
        });
    return free;
  }

  private void remove(Iterable<StreamId> streams) {
    for (StreamId stream : streams) {
      if (!isDryRun) {
        live.remove(entity(stream));
      }
      waiting.remove(stream);
      referredTo
          .getOrDefault(stream, Set.of())
          .forEach(
              each ->
                  waiting
                      .getOrDefault(each, new HashSet<>())
                      .removeIf(one -> one.stream().equals(stream)));
    }
    flush();
  }

  private boolean isReferredToFromOutside() {
    return waiting.values().stream()
        .flatMap(Set::stream)
        .anyMatch(each -> !waiting.containsKey(each.stream()));
  }

  private List<Conflict> blocked() {
    List<Conflict> conflicts = new ArrayList<>();
    waiting.forEach(
        (stream, referrers) ->
            referrers.stream()
                .map(Referrer::stream)
                .distinct()
                .forEach(
                    each ->
                        conflicts.add(
                            new Conflict(
                                stream.contentType(),
                                stream.objectId(),
                                null,
                                "%s cannot be removed: %s refers to it."
                                    .formatted(stream, each)))));
    return conflicts;
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
      live.change(model, entity(referrer.stream()), List.of(attribute.name()), without);
    }
    return true;
  }

  private Restored told(StreamId stream) {
    EntityModel model = model(stream);
    Object entity = entity(stream);
    Map<String, JsonValue> before = new TreeMap<>();
    model.attributes().stream()
        .filter(attribute -> !attribute.isVersion())
        .forEach(each -> before.put(each.name(), Planner.value(each, entity)));
    return new Restored(
        stream.contentType(),
        stream.objectId(),
        asOf,
        isDryRun,
        Operation.REMOVE,
        Difference.between(before, Map.of()),
        List.of());
  }

  private Object entity(StreamId stream) {
    return live.find(model(stream), stream.objectId()).orElseThrow();
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

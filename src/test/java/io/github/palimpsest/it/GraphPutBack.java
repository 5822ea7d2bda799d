package io.github.palimpsest.it;

import io.github.palimpsest.it.GraphModel.Ref;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a restore or an undo should make of a graph, said as plainly as possible.
 *
 * @param states what should be there afterwards; as before if it is refused
 * @param isRefused whether nothing may change
 * @param conflicts what should be left alone: object, and attribute or nothing
 */
record GraphPutBack(
    NavigableMap<Ref, JsonObject> states, boolean isRefused, Set<String> conflicts) {
  /** One object as it was {@code then}, with what its references need if {@code isRelated}. */
  static GraphPutBack restored(
      Ref ref,
      NavigableMap<Ref, JsonObject> then,
      NavigableMap<Ref, JsonObject> now,
      boolean isRelated) {
    if (!then.containsKey(ref)) {
      return refused(now);
    }
    NavigableMap<Ref, JsonObject> wanted = new TreeMap<>(now);
    Deque<Ref> open = new ArrayDeque<>(Set.of(ref));
    while (!open.isEmpty()) {
      Ref each = open.remove();
      JsonObject state = Objects.requireNonNull(then.get(each));
      wanted.put(each, state);
      if (isRelated) {
        GraphModel.references(each, state).stream()
            .filter(one -> !wanted.containsKey(one))
            .forEach(open::add);
      }
    }
    return consistent(wanted, now);
  }

  /** All objects of a type as they were {@code then}; without what came later if exact. */
  static GraphPutBack restored(
      String type,
      NavigableMap<Ref, JsonObject> then,
      NavigableMap<Ref, JsonObject> now,
      boolean isExact) {
    NavigableMap<Ref, JsonObject> wanted = new TreeMap<>(now);
    if (isExact) {
      wanted.keySet().removeIf(each -> each.type().equals(type));
    }
    then.forEach(
        (each, state) -> {
          if (each.type().equals(type)) {
            wanted.put(each, state);
          }
        });
    return consistent(wanted, now);
  }

  /** What a transaction changed, where nothing changed it later, or in any case if forced. */
  static GraphPutBack undone(
      NavigableMap<Ref, JsonObject> before,
      NavigableMap<Ref, JsonObject> after,
      NavigableMap<Ref, JsonObject> now,
      boolean isForced) {
    NavigableMap<Ref, JsonObject> wanted = new TreeMap<>(now);
    Set<Ref> gone = new TreeSet<>();
    Set<String> conflicts = new TreeSet<>();
    for (Ref ref : GraphModel.changed(before, after)) {
      JsonObject old = before.get(ref);
      JsonObject made = after.get(ref);
      JsonObject live = now.get(ref);
      if (old == null) {
        if (live != null) {
          Set<String> later = GraphModel.changes(made, live).keySet();
          if (isForced || later.isEmpty()) {
            gone.add(ref);
          } else {
            later.forEach(name -> conflicts.add(conflict(ref, name)));
          }
        }
      } else if (made == null) {
        if (live == null || isForced) {
          wanted.put(ref, old);
        } else if (!old.equals(live)) {
          conflicts.add(conflict(ref, null));
        }
      } else if (live == null) {
        conflicts.add(conflict(ref, null));
      } else {
        wanted.put(ref, merged(ref, old, made, live, isForced, conflicts));
      }
    }
    Set<Ref> stay = remove(gone, wanted);
    stay.forEach(each -> conflicts.add(conflict(each, null)));
    GraphPutBack undone = consistent(wanted, now);
    return undone.isRefused() ? undone : new GraphPutBack(wanted, false, conflicts);
  }

  private static JsonObject merged(
      Ref ref,
      JsonObject old,
      JsonObject made,
      JsonObject live,
      boolean isForced,
      Set<String> conflicts) {
    JsonObjectBuilder merged = Json.createObjectBuilder(live);
    GraphModel.changes(old, made)
        .forEach(
            (name, change) -> {
              JsonValue value = live.get(name);
              if (isForced || Objects.equals(value, change.get(1))) {
                merged.add(name, change.get(0));
              } else if (!Objects.equals(value, change.get(0))) {
                conflicts.add(conflict(ref, name));
              }
            });
    return GraphModel.normal(merged.build());
  }

  /** Takes out what only what goes as well refers to; returns what has to stay. */
  private static Set<Ref> remove(Set<Ref> gone, NavigableMap<Ref, JsonObject> states) {
    Set<Ref> rest = new TreeSet<>(gone);
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          rest.removeIf(
              each -> GraphModel.referrers(each, states).isEmpty() && states.remove(each) != null);
    }
    boolean isHeld =
        rest.stream()
            .flatMap(each -> GraphModel.referrers(each, states).stream())
            .anyMatch(each -> !rest.contains(each));
    if (isHeld) {
      return rest;
    }
    states.keySet().removeAll(rest);
    return Set.of();
  }

  /** Nothing may refer to what is not there. */
  private static GraphPutBack consistent(
      NavigableMap<Ref, JsonObject> wanted, NavigableMap<Ref, JsonObject> now) {
    boolean isConsistent =
        wanted.entrySet().stream()
            .flatMap(each -> GraphModel.references(each.getKey(), each.getValue()).stream())
            .allMatch(wanted::containsKey);
    return isConsistent ? new GraphPutBack(wanted, false, Set.of()) : refused(now);
  }

  private static GraphPutBack refused(NavigableMap<Ref, JsonObject> now) {
    return new GraphPutBack(now, true, Set.of());
  }

  static String conflict(Ref ref, @Nullable String attribute) {
    return "%s/%d %s".formatted(ref.type(), ref.id(), attribute);
  }
}

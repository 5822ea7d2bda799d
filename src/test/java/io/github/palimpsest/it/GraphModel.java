package io.github.palimpsest.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a graph of objects was after each commit. Naive on purpose: it keeps every object's state at
 * every commit.
 */
final class GraphModel {
  /** An object. */
  record Ref(String type, long id) implements Comparable<Ref> {
    @Override
    public int compareTo(Ref other) {
      return Comparator.comparing(Ref::type).thenComparing(Ref::id).compare(this, other);
    }

    String path() {
      return "/audit/types/%s/%d".formatted(type, id);
    }
  }

  /**
   * A committed transaction and the states after it.
   *
   * @param number of the transaction
   */
  record Commit(
      long number,
      Instant timeCreated,
      String actor,
      @Nullable String reason,
      NavigableMap<Ref, JsonObject> states) {}

  private final List<Commit> commits = new ArrayList<>();

  void add(Commit commit) {
    commits.add(commit);
  }

  List<Commit> commits() {
    return Collections.unmodifiableList(commits);
  }

  NavigableMap<Ref, JsonObject> now() {
    return after(commits.size() - 1);
  }

  /** Returns the states after a commit; of the one before the first, nothing. */
  NavigableMap<Ref, JsonObject> after(int commit) {
    return commit < 0 ? new TreeMap<>() : commits.get(commit).states();
  }

  /** Returns the number of the last commit by an instant, inclusive; -1 before the first. */
  int lastBy(Instant instant) {
    int last = commits.size() - 1;
    while (last >= 0 && commits.get(last).timeCreated().isAfter(instant)) {
      last--;
    }
    return last;
  }

  /** Returns what was there after some commit up to this one. */
  Set<Ref> knownBy(int commit) {
    Set<Ref> known = new TreeSet<>();
    for (int each = 0; each <= commit; each++) {
      known.addAll(after(each).keySet());
    }
    return known;
  }

  /** Returns what a commit changed. */
  Set<Ref> changedBy(int commit) {
    return changed(after(commit - 1), after(commit));
  }

  static Set<Ref> changed(
      NavigableMap<Ref, JsonObject> before, NavigableMap<Ref, JsonObject> after) {
    Set<Ref> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    all.removeIf(each -> java.util.Objects.equals(before.get(each), after.get(each)));
    return all;
  }

  /** Returns old and new value by attribute, as far as they differ; null for none. */
  static NavigableMap<String, List<JsonValue>> changes(
      @Nullable JsonObject before, @Nullable JsonObject after) {
    NavigableMap<String, List<JsonValue>> changes = new TreeMap<>();
    Set<String> names = new TreeSet<>(before == null ? Set.of() : before.keySet());
    names.addAll(after == null ? Set.of() : after.keySet());
    for (String name : names) {
      JsonValue old = before == null ? JsonValue.NULL : before.getOrDefault(name, JsonValue.NULL);
      JsonValue now = after == null ? JsonValue.NULL : after.getOrDefault(name, JsonValue.NULL);
      if (!old.equals(now)) {
        changes.put(name, List.of(old, now));
      }
    }
    return changes;
  }

  /** Returns a state without its version, and sets in one order. */
  static JsonObject normal(JsonObject state) {
    JsonObjectBuilder normal = Json.createObjectBuilder();
    new TreeMap<>(state)
        .forEach(
            (name, value) -> {
              if (!name.equals("version")) {
                normal.add(name, normal(value));
              }
            });
    return normal.build();
  }

  /** Returns a value with sets in one order; null is null. */
  static JsonValue normal(@Nullable JsonValue value) {
    if (value == null) {
      return JsonValue.NULL;
    }
    if (!(value instanceof JsonArray array)) {
      return value instanceof JsonObject object ? normal(object) : value;
    }
    JsonArrayBuilder sorted = Json.createArrayBuilder();
    array.stream().sorted(Comparator.comparing(JsonValue::toString)).forEach(sorted::add);
    return sorted.build();
  }

  /** Returns what an object refers to. */
  static Set<Ref> references(Ref ref, JsonObject state) {
    Set<Ref> found = new LinkedHashSet<>();
    if (ref.type().equals("Person")) {
      add(found, "Team", state.get("team"));
      add(found, "Person", state.get("mentor"));
    } else if (ref.type().equals("Project")) {
      state.getJsonArray("members").forEach(member -> add(found, "Person", member));
    }
    return found;
  }

  private static void add(Set<Ref> found, String type, @Nullable JsonValue id) {
    if (id instanceof JsonNumber number) {
      found.add(new Ref(type, number.longValue()));
    }
  }

  /** Returns what refers to an object, but the object itself. */
  static Set<Ref> referrers(Ref ref, NavigableMap<Ref, JsonObject> states) {
    Set<Ref> found = new TreeSet<>();
    states.forEach(
        (each, state) -> {
          if (!each.equals(ref) && references(each, state).contains(ref)) {
            found.add(each);
          }
        });
    return found;
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.AttributePath.Hop;
import io.github.palimpsest.state.EntityModels;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What paths lead to from some states. Referenced objects are read once, many at a time. */
final class PathValues {
  private final EntityModels models;
  private final Map<StreamId, Map<String, JsonValue>> referenced = new HashMap<>();

  private PathValues(EntityModels models) {
    this.models = models;
  }

  /** Reads what is referenced, as of {@code bound}. */
  static PathValues of(
      List<State> states,
      Collection<AttributePath> paths,
      EntityModels models,
      Rebuilder rebuilder,
      Bound bound) {
    PathValues values = new PathValues(models);
    int depth = paths.stream().mapToInt(path -> path.hops().size()).max().orElse(0);
    for (int hop = 0; hop < depth; hop++) {
      values
          .unknown(states, paths, hop)
          .forEach(
              (type, ids) ->
                  rebuilder
                      .at(type, List.copyOf(ids), bound)
                      .forEach(state -> values.referenced.put(state.stream(), state.attributes())));
    }
    return values;
  }

  /** Returns the value; JSON null if the path breaks off on its way. */
  JsonValue of(State state, AttributePath path) {
    return in(document(state, path, path.hops().size()), path.rest());
  }

  private Map<String, Set<String>> unknown(
      List<State> states, Collection<AttributePath> paths, int hop) {
    Map<String, Set<String>> unknown = new TreeMap<>();
    for (AttributePath path : paths) {
      for (State state : path.hops().size() > hop ? states : List.<State>of()) {
        target(document(state, path, hop), path.hops().get(hop))
            .filter(stream -> !referenced.containsKey(stream))
            .ifPresent(
                stream ->
                    unknown
                        .computeIfAbsent(stream.contentType(), type -> new TreeSet<>())
                        .add(stream.objectId()));
      }
    }
    return unknown;
  }

  private Map<String, JsonValue> document(State state, AttributePath path, int hops) {
    Map<String, JsonValue> document = state.attributes();
    for (Hop hop : path.hops().subList(0, hops)) {
      document =
          target(document, hop)
              .map(stream -> referenced.getOrDefault(stream, Map.of()))
              .orElse(Map.of());
    }
    return document;
  }

  private Optional<StreamId> target(Map<String, JsonValue> document, Hop hop) {
    return hop.target(in(document, hop.way()), models);
  }

  /** Returns what lies at {@code way} in a document; JSON null if nothing does. */
  static JsonValue in(Map<String, JsonValue> document, List<String> way) {
    Map<String, JsonValue> object = document;
    JsonValue value = JsonValue.NULL;
    for (String name : way) {
      value = object.getOrDefault(name, JsonValue.NULL);
      object = value instanceof JsonObject nested ? nested : Map.of();
    }
    return value;
  }
}

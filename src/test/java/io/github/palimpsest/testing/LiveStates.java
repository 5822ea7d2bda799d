package io.github.palimpsest.testing;

import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.Rows;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The states of live rows as SQL reads them, to compare with rebuilt ones. */
public record LiveStates(Map<String, JsonValue> byObjectId) {
  /** Reads them all. */
  public static LiveStates read(TestDatabase database, Rows rows) {
    return read(database::rows, rows);
  }

  /** Reads them all by {@code query}, which takes SQL and returns rows. */
  public static LiveStates read(Function<String, List<String>> query, Rows rows) {
    Map<String, JsonValue> states = new TreeMap<>();
    for (String row :
        query.apply(
            "select json_build_array(%s, %s) from %s where %s"
                .formatted(rows.objectId(), rows.state(), rows.from(), rows.condition()))) {
      var pair = JsonText.parse(row).asJsonArray();
      states.put(pair.getString(0), pair.get(1));
    }
    return new LiveStates(states);
  }

  /** Returns in what they differ from {@code rebuilt}: objects, attributes and both values. */
  public List<String> differences(Stream<State> rebuilt) {
    Map<String, JsonValue> others =
        rebuilt.collect(
            Collectors.toMap(
                state -> state.stream().objectId(), state -> JsonText.object(state.attributes())));
    List<String> differences = new ArrayList<>();
    TreeSet<String> ids = new TreeSet<>(byObjectId.keySet());
    ids.addAll(others.keySet());
    for (String id : ids) {
      JsonValue live = byObjectId.getOrDefault(id, JsonValue.NULL);
      JsonValue other = others.getOrDefault(id, JsonValue.NULL);
      if (live == JsonValue.NULL || other == JsonValue.NULL) {
        differences.add(id + ": live " + live + ", rebuilt " + other);
      } else {
        attributes(id, live.asJsonObject(), other.asJsonObject(), differences);
      }
    }
    return differences;
  }

  private static void attributes(
      String id,
      Map<String, JsonValue> live,
      Map<String, JsonValue> rebuilt,
      List<String> differences) {
    TreeSet<String> names = new TreeSet<>(live.keySet());
    names.addAll(rebuilt.keySet());
    for (String name : names) {
      JsonValue one = live.get(name);
      JsonValue other = rebuilt.get(name);
      if (one == null || other == null || !JsonOrder.isSame(one, other)) {
        differences.add("%s.%s: live %s, rebuilt %s".formatted(id, name, one, other));
      }
    }
  }
}

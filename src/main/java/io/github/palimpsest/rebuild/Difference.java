package io.github.palimpsest.rebuild;

import io.github.palimpsest.Change;
import io.github.palimpsest.event.JsonOrder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares two attribute maps. Pure. */
public final class Difference {
  private Difference() {}

  /** Returns the attributes whose values differ, by name; numbers differ by value, not by scale. */
  public static List<Change> between(Map<String, JsonValue> before, Map<String, JsonValue> after) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      JsonValue one = before.getOrDefault(name, JsonValue.NULL);
      JsonValue other = after.getOrDefault(name, JsonValue.NULL);
      if (!JsonOrder.isSame(one, other)) {
        changes.add(new Change(name, one, other));
      }
    }
    return changes;
  }
}

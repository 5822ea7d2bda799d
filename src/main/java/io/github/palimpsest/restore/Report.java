package io.github.palimpsest.restore;

import io.github.palimpsest.Change;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Difference;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what a restore does, and lists the first of it. */
final class Report {
  private final boolean isDryRun;
  private final int listed;
  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private final List<Restored> objects = new ArrayList<>();

  /**
   * Creates a report.
   *
   * @param listed how many objects it lists at most
   */
  Report(boolean isDryRun, int listed) {
    this.isDryRun = isDryRun;
    this.listed = listed;
  }

  /** Returns how many objects it lists at most. */
  int listed() {
    return listed;
  }

  void add(Restored restored) {
    if (restored.operation() != null) {
      counts.merge(restored.operation(), 1L, Long::sum);
    }
    if (objects.size() < listed) {
      objects.add(restored);
    }
  }

  /**
   * Takes note that the application's callbacks made something else of a restored object.
   *
   * @param different from the value that was restored to the one that it has
   */
  void correct(StreamId stream, List<Change> different) {
    objects.replaceAll(
        each ->
            stream.equals(new StreamId(each.contentType(), each.objectId()))
                ? corrected(each, different)
                : each);
  }

  private static Restored corrected(Restored told, List<Change> different) {
    Map<String, JsonValue> before = new TreeMap<>();
    Map<String, JsonValue> after = new TreeMap<>();
    different.forEach(each -> before.put(each.attribute(), each.before()));
    told.changes().forEach(each -> before.put(each.attribute(), each.before()));
    told.changes().forEach(each -> after.put(each.attribute(), each.after()));
    different.forEach(each -> after.put(each.attribute(), each.after()));
    Set<String> notRestored = new TreeSet<>(told.notRestored());
    different.forEach(each -> notRestored.add(each.attribute()));
    return new Restored(
        told.contentType(),
        told.objectId(),
        told.asOf(),
        told.dryRun(),
        told.operation(),
        Difference.between(before, after),
        List.copyOf(notRestored));
  }

  Restoration toRestoration() {
    return new Restoration(
        isDryRun,
        count(Operation.PERSIST),
        count(Operation.UPDATE),
        count(Operation.REMOVE),
        objects);
  }

  private long count(Operation operation) {
    return counts.getOrDefault(operation, 0L);
  }
}

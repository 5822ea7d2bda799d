package io.github.palimpsest.restore;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.Operation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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

  void add(Restored restored) {
    if (restored.operation() != null) {
      counts.merge(restored.operation(), 1L, Long::sum);
    }
    if (objects.size() < listed) {
      objects.add(restored);
    }
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

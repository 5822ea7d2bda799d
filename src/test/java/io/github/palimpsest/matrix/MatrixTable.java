package io.github.palimpsest.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The cells as a page of the documentation. */
final class MatrixTable {
  private final List<Cell> cells;
  private final List<String> notes = new ArrayList<>();

  MatrixTable(List<Cell> cells) {
    this.cells = cells;
  }

  String page() {
    Map<String, Map<String, Map<String, Map<Variant, Cell>>>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups
          .computeIfAbsent(cell.group(), name -> new LinkedHashMap<>())
          .computeIfAbsent(cell.kind(), name -> new LinkedHashMap<>())
          .computeIfAbsent(cell.step(), name -> new LinkedHashMap<>())
          .put(cell.variant(), cell);
    }
    StringBuilder tables = new StringBuilder();
    groups.forEach((title, kinds) -> table(title, kinds, tables));
    return head() + tables + foot();
  }

  private String head() {
    long passed = cells.stream().filter(cell -> cell.outcome().startsWith("passed")).count();
    long restored = cells.stream().filter(cell -> cell.restored().equals("passed")).count();
    long tried = cells.stream().filter(cell -> !cell.restored().isEmpty()).count();
    return """
    # The JPA matrix

    Every mapping kind of Jakarta Persistence 3.1 and each operation on it, as `MatrixDatabaseTest` tries them on EclipseLink 4 and
    Hibernate ORM 6.6 with PostgreSQL; the build fails if this page does not tell what it saw. *passed*: the transaction left exactly the
    events that the test writes down, the rebuilt state equals what `EntityManager.find` gives in a fresh persistence context, as text and
    as an entity made from it, and what SQL reads; `GuardedMatrixDatabaseTest` makes the same changes past capture, where only triggers
    record them, and compares the same. *no*: the provider cannot do it;
    the test sees it fail. %d of %d cells passed. *restored*: after the operation the library put back what was before it, and
    `EntityManager.find` in a fresh persistence context gives that again; %d of %d restores passed.

    """
        .formatted(passed, cells.size(), restored, tried);
  }

  private void table(
      String title, Map<String, Map<String, Map<Variant, Cell>>> kinds, StringBuilder page) {
    page.append("## ").append(title).append("\n\n| kind | operation |");
    for (Variant variant : Variant.values()) {
      page.append(' ').append(variant.label()).append(" |");
    }
    page.append(" restored |\n|---|---|")
        .append("---|".repeat(Variant.values().length + 1))
        .append('\n');
    kinds.forEach(
        (kind, steps) ->
            steps.forEach(
                (step, row) -> {
                  boolean isFirst = step.equals(steps.keySet().iterator().next());
                  page.append("| ").append(isFirst ? kind : "").append(" | ").append(step);
                  for (Variant variant : Variant.values()) {
                    Cell cell = row.get(variant);
                    page.append(" | ").append(noted(cell == null ? "failed" : cell.outcome()));
                  }
                  page.append(" | ").append(restored(row)).append(" |\n");
                }));
    page.append('\n');
  }

  /** One word for all variants, and after it those that differ. */
  private String restored(Map<Variant, Cell> row) {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    for (Cell cell : row.values()) {
      if (!cell.restored().isEmpty()) {
        variants
            .computeIfAbsent(noted(cell.restored()), each -> new ArrayList<>())
            .add(cell.variant().label());
      }
    }
    return variants.size() == 1
        ? variants.keySet().iterator().next()
        : variants.entrySet().stream()
            .map(
                each ->
                    each.getKey().equals("passed")
                        ? "passed"
                        : "%s on %s"
                            .formatted(each.getKey(), String.join(" and ", each.getValue())))
            .collect(Collectors.joining(", "));
  }

  private String noted(String outcome) {
    int reason = outcome.indexOf(": ");
    if (reason < 0) {
      return outcome;
    }
    String text = outcome.substring(reason + 2);
    if (!notes.contains(text)) {
      notes.add(text);
    }
    return "%s (%d)".formatted(outcome.substring(0, reason), notes.indexOf(text) + 1);
  }

  private String foot() {
    return notes.stream()
        .map(note -> "%d. %s\n".formatted(notes.indexOf(note) + 1, note))
        .collect(Collectors.joining("", "## Notes\n\n", ""));
  }
}

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
    Map<String, Map<String, Map<String, Map<Variant, String>>>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups
          .computeIfAbsent(cell.group(), name -> new LinkedHashMap<>())
          .computeIfAbsent(cell.kind(), name -> new LinkedHashMap<>())
          .computeIfAbsent(cell.step(), name -> new LinkedHashMap<>())
          .put(cell.variant(), cell.outcome());
    }
    StringBuilder tables = new StringBuilder();
    groups.forEach((title, kinds) -> table(title, kinds, tables));
    return head() + tables + foot();
  }

  private String head() {
    long passed = cells.stream().filter(cell -> cell.outcome().startsWith("passed")).count();
    return """
    # The JPA matrix

    Every mapping kind of Jakarta Persistence 3.1 and each operation on it, as `MatrixDatabaseTest` tries them on EclipseLink 4 and
    Hibernate ORM 6.6 with PostgreSQL; the build fails if this page does not tell what it saw. *passed*: the transaction left exactly the
    events that the test writes down, the rebuilt state equals what `EntityManager.find` gives in a fresh persistence context, as text and
    as an entity made from it, and (where the row can be put into SQL) what SQL reads. *no*: the provider cannot do it;
    the test sees it fail. %d of %d cells passed.

    """
        .formatted(passed, cells.size());
  }

  private void table(
      String title, Map<String, Map<String, Map<Variant, String>>> kinds, StringBuilder page) {
    page.append("## ").append(title).append("\n\n| kind | operation |");
    for (Variant variant : Variant.values()) {
      page.append(' ').append(variant.label()).append(" |");
    }
    page.append("\n|---|---|").append("---|".repeat(Variant.values().length)).append('\n');
    kinds.forEach(
        (kind, steps) ->
            steps.forEach(
                (step, outcomes) -> {
                  boolean isFirst = step.equals(steps.keySet().iterator().next());
                  page.append("| ").append(isFirst ? kind : "").append(" | ").append(step);
                  for (Variant variant : Variant.values()) {
                    page.append(" | ").append(noted(outcomes.getOrDefault(variant, "failed")));
                  }
                  page.append(" |\n");
                }));
    page.append('\n');
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

package io.github.palimpsest.guard;

import java.util.List;

/**
 * How the triggers that are there compare with the entity classes.
 *
 * @param types all audited content types, in the order of their names
 * @param surplus triggers and functions of entity classes that are no longer guarded
 */
public record GuardReport(List<Type> types, List<String> surplus) {
  public GuardReport {
    types = List.copyOf(types);
    surplus = List.copyOf(surplus);
  }

  /**
   * One content type.
   *
   * @param tables whose rows its states are read from
   * @param problems what is missing, different or left out; empty if all of it is guarded
   */
  public record Type(String contentType, List<String> tables, List<String> problems) {
    public Type {
      tables = List.copyOf(tables);
      problems = List.copyOf(problems);
    }
  }

  /** Returns whether nothing is missing, different or surplus. */
  public boolean isComplete() {
    return surplus.isEmpty() && types.stream().allMatch(type -> type.problems().isEmpty());
  }
}

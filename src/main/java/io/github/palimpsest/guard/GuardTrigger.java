package io.github.palimpsest.guard;

import java.util.Locale;
import java.util.stream.Stream;

/** A statement trigger of ours on a table, by its qualified name. */
record GuardTrigger(String table, String name, String function) {
  private enum When {
    INSERT("after insert", "referencing new table as new_rows"),
    UPDATE("after update", "referencing old table as old_rows new table as new_rows"),
    DELETE("after delete", "referencing old table as old_rows"),
    TRUNCATE("before truncate", "");

    private final String event;
    private final String rows;

    When(String event, String rows) {
      this.event = event;
      this.rows = rows;
    }

    private String triggerName() {
      return "palimpsest_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns those of a table. */
  static Stream<GuardTrigger> of(String table) {
    return Stream.of(When.values())
        .map(when -> new GuardTrigger(table, when.triggerName(), GuardPlan.touch(table)));
  }

  String create() {
    When when =
        Stream.of(When.values())
            .filter(each -> each.triggerName().equals(name))
            .findFirst()
            .orElseThrow();
    return "create or replace trigger %s %s on %s %s for each statement execute function palimpsest.%s()"
        .formatted(name, when.event, table, when.rows, function);
  }

  String enable() {
    return "alter table %s enable trigger %s".formatted(table, name);
  }

  String drop() {
    return "drop trigger %s on %s".formatted(name, table);
  }

  @Override
  public String toString() {
    return name + " on " + table;
  }
}

package io.github.palimpsest.guard;

import io.github.palimpsest.state.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a table's rows are for the objects of one family: their rows, or elements of their
 * collections. Classes that share a table share the role.
 *
 * @param type columns that tell whether there is an object, and of which class
 * @param attributes name to columns; none: any column
 */
record TableRole(
    String family,
    boolean isRow,
    List<String> keys,
    SortedSet<String> type,
    SortedMap<String, SortedSet<String>> attributes) {
  private record Key(String family, boolean isRow, List<String> keys) {}

  /** Merges what tables are for several types; {@code tables} and the answer are by table name. */
  static List<TableRole> merged(List<TableRole> roles) {
    Map<Key, TableRole> merged = new LinkedHashMap<>();
    for (TableRole role : roles) {
      merged.merge(
          new Key(role.family, role.isRow, role.keys), role, (one, other) -> one.and(other));
    }
    return new ArrayList<>(merged.values());
  }

  static TableRole of(String family, SourceTable table) {
    return new TableRole(family, table.isRow(), table.keys(), table.type(), table.attributes());
  }

  private TableRole and(TableRole other) {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>(attributes);
    other.attributes.forEach((name, columns) -> all.merge(name, columns, TableRole::union));
    SortedSet<String> tells = new TreeSet<>(type);
    tells.addAll(other.type);
    return new TableRole(family, isRow, keys, tells, all);
  }

  private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
    SortedSet<String> both = new TreeSet<>(one);
    both.addAll(other);
    // No columns stand for any.
    return one.isEmpty() || other.isEmpty() ? new TreeSet<>() : both;
  }
}

package io.github.palimpsest.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts together the tables that an entity class is read from, while a provider's adapter goes
 * through its mappings. Names are as SQL takes them. For one thread.
 */
public final class StateTables {
  private final Map<String, SourceTable> rows = new LinkedHashMap<>();
  private final List<SourceTable> collections = new ArrayList<>();

  /** Starts without any. */
  public StateTables() {}

  /**
   * Adds a table without whose row no object exists.
   *
   * @param keys columns that hold the primary key, in its order
   * @param type columns that tell whether there is an object, and of which class
   */
  public void row(String table, List<String> keys, SortedSet<String> type) {
    rows.put(table, new SourceTable(table, true, keys, type, new TreeMap<>()));
  }

  /**
   * Adds a table that has a row only where there is something to hold.
   *
   * @param keys columns that hold the primary key, in its order
   */
  public void optional(String table, List<String> keys) {
    rows.put(table, new SourceTable(table, false, keys, new TreeSet<>(), new TreeMap<>()));
  }

  /** Says that an attribute is read from a column, if that lies in a table added before. */
  public void column(String table, String attribute, String column) {
    SourceTable known = rows.get(table);
    if (known != null) {
      known.attributes().computeIfAbsent(attribute, name -> new TreeSet<>()).add(column);
    }
  }

  /**
   * Adds a table of elements.
   *
   * @param keys columns that hold the owner's primary key, in its order
   * @param columns that bear on the attribute; none: any
   */
  public void collection(
      String table, List<String> keys, String attribute, SortedSet<String> columns) {
    SortedMap<String, SortedSet<String>> attributes = new TreeMap<>(Map.of(attribute, columns));
    collections.add(new SourceTable(table, false, keys, new TreeSet<>(), attributes));
  }

  /** Returns them, those of rows first, without optional ones that nothing is read from. */
  public List<SourceTable> all() {
    List<SourceTable> all = new ArrayList<>(rows.values());
    all.removeIf(table -> !table.isRow() && table.attributes().isEmpty());
    all.addAll(collections);
    return all;
  }
}

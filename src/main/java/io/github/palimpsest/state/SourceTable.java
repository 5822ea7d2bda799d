package io.github.palimpsest.state;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A table that states of an entity class are read from. Names are as SQL takes them.
 *
 * @param name the table's
 * @param isRow whether an object exists only while it has a row here; else its rows are elements of
 *     collections, or parts that may be missing
 * @param keys columns that hold the object's primary key, in the order of {@link StateSql#keys}
 * @param type columns that tell whether there is an object, and of which class
 * @param attributes name to the columns that it is read from; none: any column of the table
 */
public record SourceTable(
    String name,
    boolean isRow,
    List<String> keys,
    SortedSet<String> type,
    SortedMap<String, SortedSet<String>> attributes) {
  public SourceTable {
    keys = List.copyOf(keys);
    attributes = new TreeMap<>(attributes);
  }

  /** Returns the same, but nothing of an attribute is read from it. */
  SourceTable without(String attribute) {
    SortedMap<String, SortedSet<String>> fewer = new TreeMap<>(attributes);
    fewer.remove(attribute);
    return new SourceTable(name, isRow, keys, type, fewer);
  }
}

package io.github.palimpsest.state;

import io.github.palimpsest.event.Rows;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An entity class in the words of SQL: its rows, and for each attribute an expression that gives
 * what the attribute's codec writes for the row, as a text, null for null. Instants in columns
 * without time zone are taken to be in the session's.
 *
 * @param from the tables, joined
 * @param condition which of their rows are of exactly this class
 * @param keys columns of the primary key
 * @param objectId expression of the object id
 * @param attributes name to expression
 * @param objectIdOfKey expression of the object id, of columns {@code k.key1}, {@code k.key2} …
 *     that hold the primary key
 * @param family the table whose primary key the keys are: classes of one inheritance tree share it
 * @param tables all tables that the state is read from
 * @param lookedUp tables that tell what others refer to: their rows are no part of the state
 * @param largeObjects names of attributes whose values lie in large objects of PostgreSQL, which
 *     only their owner reads
 * @param leftOut names of attributes that SQL cannot express, and why
 */
public record StateSql(
    String from,
    String condition,
    List<String> keys,
    String objectId,
    SortedMap<String, String> attributes,
    String objectIdOfKey,
    String family,
    List<SourceTable> tables,
    SortedSet<String> lookedUp,
    SortedSet<String> largeObjects,
    SortedMap<String, String> leftOut) {
  public StateSql {
    keys = List.copyOf(keys);
    attributes = new TreeMap<>(attributes);
    tables = List.copyOf(tables);
    lookedUp = new TreeSet<>(lookedUp);
    largeObjects = new TreeSet<>(largeObjects);
    leftOut = new TreeMap<>(leftOut);
  }

  /**
   * Returns the refusal of an attribute whose values SQL cannot read as its codec writes them.
   *
   * @param mapping what the JPA provider calls its kind
   */
  public static IllegalArgumentException inexpressible(
      String attribute, Class<?> owner, String mapping) {
    return new IllegalArgumentException(
        "attribute %s of %s has a mapping that SQL cannot express (%s)"
            .formatted(attribute, owner.getName(), mapping));
  }

  /**
   * Returns the rows with their full state.
   *
   * @throws IllegalArgumentException if an attribute is left out; the message names it
   */
  public Rows asRows() {
    if (!leftOut.isEmpty()) {
      throw new IllegalArgumentException(leftOut.get(leftOut.firstKey()));
    }
    return new Rows(from, condition, keys, objectId, state());
  }

  /** Returns the expression of the state, without what is left out. */
  public String state() {
    return object(attributes) + "::jsonb";
  }

  /** Returns the same without an attribute, for {@code reason}. */
  public StateSql without(String attribute, String reason) {
    SortedMap<String, String> fewer = new TreeMap<>(attributes);
    SortedMap<String, String> more = new TreeMap<>(leftOut);
    fewer.remove(attribute);
    more.put(attribute, reason);
    return new StateSql(
        from,
        condition,
        keys,
        objectId,
        fewer,
        objectIdOfKey,
        family,
        tables.stream()
            .map(table -> table.without(attribute))
            .filter(table -> table.isRow() || !table.attributes().isEmpty())
            .toList(),
        lookedUp,
        largeObjects,
        more);
  }

  /** Returns the expression of a JSON object of these members, in the order of their names. */
  public static String object(Map<String, String> members) {
    StringBuilder sql = new StringBuilder("(");
    char separator = '{';
    for (Map.Entry<String, String> member : new TreeMap<>(members).entrySet()) {
      StringBuilder name = new StringBuilder().append(separator);
      JsonText.quote(member.getKey(), name);
      sql.append(literal(name.append(':').toString()))
          .append(" || coalesce(")
          .append(member.getValue())
          .append(", 'null') || ");
      separator = ',';
    }
    return sql.append(members.isEmpty() ? "'{}'::text)" : "'}')").toString();
  }

  /** Returns {@code text} as a literal; standard_conforming_strings is on. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

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
 * @param largeObjects names of attributes whose values lie in large objects of PostgreSQL: only
 *     their owner reads those, and no trigger sees them change
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
    SortedSet<String> largeObjects) {
  public StateSql {
    keys = List.copyOf(keys);
    attributes = new TreeMap<>(attributes);
    tables = List.copyOf(tables);
    largeObjects = new TreeSet<>(largeObjects);
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

  /** Returns the rows with their full state. */
  public Rows asRows() {
    return new Rows(from, condition, keys, objectId, object(attributes) + "::jsonb");
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

package io.github.palimpsest.event;

import java.util.List;

/**
 * Live rows of one content type, in the words of SQL.
 *
 * @param from the tables, joined
 * @param condition which of their rows
 * @param keys columns of the primary key
 * @param objectId expression of the object id, a text
 * @param state expression of the full state, a jsonb
 */
public record Rows(
    String from, String condition, List<String> keys, String objectId, String state) {
  public Rows {
    keys = List.copyOf(keys);
  }
}

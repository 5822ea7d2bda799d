package io.github.palimpsest.matrix;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.List;

/** An event as the table holds it. */
record Recorded(String operation, StreamId stream, JsonObject body) {
  static long last(KeptConnection database) {
    return Long.parseLong(
        database.rows("select coalesce(max(id), 0) from palimpsest.event").get(0));
  }

  static List<Recorded> after(KeptConnection database, long last) {
    return database
        .rows(
            """
            select json_build_array(operation, name, object_id, body)
            from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
            where e.id > %d order by e.id"""
                .formatted(last))
        .stream()
        .map(row -> JsonText.parse(row).asJsonArray())
        .map(Recorded::of)
        .toList();
  }

  private static Recorded of(JsonArray row) {
    return new Recorded(
        row.getString(0), new StreamId(row.getString(1), row.getString(2)), row.getJsonObject(3));
  }

  /**
   * Returns whether it is the event that {@code expected} writes down, scale of numbers included.
   */
  boolean is(String expected) {
    String start = "%s %s/%s ".formatted(operation, stream.contentType(), stream.objectId());
    if (!expected.startsWith(start)) {
      return false;
    }
    JsonObject other = JsonText.parse(expected.substring(start.length())).asJsonObject();
    return operation.equals("persist") ? holds(other) : differsNowhere(other);
  }

  private boolean differsNowhere(JsonObject expected) {
    return body.keySet().equals(expected.keySet())
        && body.entrySet().stream()
            .allMatch(
                each ->
                    same(each.getValue(), expected.getOrDefault(each.getKey(), JsonValue.NULL)));
  }

  /** A moment that the provider chose cannot be written down. */
  private static boolean same(JsonValue value, JsonValue expected) {
    return value.equals(expected) || expected.toString().equals("\"$any\"");
  }

  /** A full state has more than is written down: the id, and what is empty. */
  private boolean holds(JsonObject expected) {
    return body.entrySet().stream()
            .allMatch(
                each ->
                    expected.containsKey(each.getKey())
                        ? same(
                            each.getValue(), expected.getOrDefault(each.getKey(), JsonValue.NULL))
                        : each.getKey().equals("id") || isEmpty(each.getValue()))
        && body.keySet().containsAll(expected.keySet());
  }

  private static boolean isEmpty(JsonValue value) {
    return value == JsonValue.NULL
        || (value instanceof JsonArray array && array.isEmpty())
        || (value instanceof JsonStructure structure
            && structure.getValueType() == JsonValue.ValueType.OBJECT
            && structure.asJsonObject().isEmpty());
  }

  @Override
  public String toString() {
    String json = body.toString();
    return "%s %s/%s %s"
        .formatted(
            operation,
            stream.contentType(),
            stream.objectId(),
            json.length() > 2000 ? json.substring(0, 2000) + "…" : json);
  }
}

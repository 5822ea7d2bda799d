package io.github.palimpsest.rest;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.rebuild.State;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/**
 * A state with the event that set each attribute.
 *
 * @param origins the event of each attribute, by attribute
 */
record BlameView(State state, Instant asOf, Map<String, Event> origins) {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final int LONGEST_ACTOR = 40;

  JsonObject json() {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    origins.forEach(
        (attribute, event) ->
            items.add(
                Views.origin(event).add("attribute", attribute).add("value", value(attribute))));
    return JSON.createObjectBuilder()
        .add("type", state.stream().contentType())
        .add("id", state.stream().objectId())
        .add("asOf", Views.iso(asOf))
        .add("position", state.position())
        .add("items", items)
        .build();
  }

  /** Returns a line for each attribute, in the manner of {@code git blame}. */
  String text() {
    int positions = width(event -> Long.toString(event.position()));
    int actors = Math.min(LONGEST_ACTOR, width(BlameView::actor));
    String line = "%%%dd (%%-%ds %%s) %%s: %%s\n".formatted(positions, actors);
    StringBuilder text = new StringBuilder();
    origins.forEach(
        (attribute, event) ->
            text.append(
                line.formatted(
                    event.position(),
                    actor(event),
                    Views.iso(event.timeCreated()),
                    Printable.line(attribute),
                    Printable.json(value(attribute).toString()))));
    return text.toString();
  }

  private int width(Function<Event, String> column) {
    return origins.values().stream().map(column).mapToInt(String::length).max().orElse(1);
  }

  private static String actor(Event event) {
    return Printable.line(event.provenance().actor());
  }

  private JsonValue value(String attribute) {
    return state.attributes().getOrDefault(attribute, JsonValue.NULL);
  }
}

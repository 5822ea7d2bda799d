package io.github.palimpsest.rest;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What differs between two states of one object, in each of its shapes. */
record DifferenceView(
    StreamId stream, Instant from, Instant to, Optional<State> before, Optional<State> after) {
  private static final JsonProvider JSON = JsonProvider.provider();

  /** Returns the attributes that differ; numbers differ by value, not by scale. */
  JsonObject json() {
    return JSON.createObjectBuilder()
        .add("type", stream.contentType())
        .add("id", stream.objectId())
        .add("from", Views.iso(from))
        .add("to", Views.iso(to))
        .add("fromPosition", position(before))
        .add("toPosition", position(after))
        .add("changes", Views.changes(Difference.between(attributes(before), attributes(after))))
        .build();
  }

  /** Returns the JSON Patch that makes the state of then the later one. */
  JsonArray jsonPatch() {
    return Patches.jsonPatch(object(before), object(after));
  }

  /** Returns the merge patch that does; what it cannot express is a problem. */
  JsonObject mergePatch() {
    return Patches.mergePatch(object(before), object(after))
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemType.NOT_ACCEPTABLE,
                    "A merge patch cannot set to null what was not; accept %s instead."
                        .formatted(Patches.JSON_PATCH)));
  }

  private static JsonValue position(Optional<State> state) {
    return state.<JsonValue>map(each -> JSON.createValue(each.position())).orElse(JsonValue.NULL);
  }

  private static JsonObject object(Optional<State> state) {
    return JsonText.object(attributes(state));
  }

  private static Map<String, JsonValue> attributes(Optional<State> state) {
    return state.<Map<String, JsonValue>>map(State::attributes).orElse(Map.of());
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.rebuild.AttributePaths;
import io.github.palimpsest.rebuild.ReferencedStates;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows states, with those to which attributes refer as of the same instant: {@code
 * expand=owner,members}.
 *
 * @param unit of the states
 * @param paths of the attributes
 * @param instant as of which they are
 * @param asked the instant to show; null for the present, which does not name when it was read
 */
record Expansion(
    AuditedUnit unit, List<AttributePath> paths, Instant instant, @Nullable Instant asked) {
  private static final JsonProvider JSON = JsonProvider.provider();

  /** Reads the parameter, which may be missing; what refers to nothing is a problem. */
  static Expansion of(
      AuditedUnit unit,
      String type,
      @Nullable String text,
      Instant instant,
      @Nullable Instant asked) {
    Optional<EntityModel> model = unit.models().of(type);
    List<String> names = text == null ? List.of() : List.of(text.split(",", -1));
    return new Expansion(
        unit, names.stream().map(name -> path(unit, model, name)).toList(), instant, asked);
  }

  private static AttributePath path(AuditedUnit unit, Optional<EntityModel> model, String name) {
    if (model.isEmpty()) {
      throw ProblemException.malformedParameter("expand", "The type has no entity class.");
    }
    try {
      return new AttributePaths(unit.models()).referring(model.get(), name);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter("expand", e.getMessage() + ".");
    }
  }

  /** Returns the views of the states, in their order. */
  List<JsonObject> views(List<State> states) {
    ReferencedStates referenced =
        ReferencedStates.of(states, paths, unit.models(), unit.rebuilder(), Bound.asOf(instant));
    return states.stream().map(state -> view(state, referenced)).toList();
  }

  private JsonObject view(State state, ReferencedStates referenced) {
    JsonObject plain = view(state);
    if (paths.isEmpty()) {
      return plain;
    }
    JsonObjectBuilder expanded = JSON.createObjectBuilder();
    for (AttributePath path : paths) {
      Stream<JsonObject> views = referenced.at(state, path).stream().map(this::view);
      expanded.add(
          path.text(),
          path.isReference()
              ? views.findFirst().<JsonValue>map(each -> each).orElse(JsonValue.NULL)
              : array(views));
    }
    return JSON.createObjectBuilder(plain).add("expanded", expanded).build();
  }

  private static JsonValue array(Stream<JsonObject> views) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    views.forEach(array::add);
    return array.build();
  }

  private JsonObject view(State state) {
    return Views.state(state, asked, unit.unknownAttributes(state));
  }
}

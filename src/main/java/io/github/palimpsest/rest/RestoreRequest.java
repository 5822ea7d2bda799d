package io.github.palimpsest.rest;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Undo;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.rebuild.StateQuery;
import io.github.palimpsest.rebuild.StateSearch;
import io.github.palimpsest.restore.StateFilter;
import io.github.palimpsest.state.EntityModel;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What to restore and why, as a body says.
 *
 * @param filter on the states of then
 */
record RestoreRequest(Restore wanted, StateFilter filter) {
  private static final Set<String> RELATED = Set.of("none", "required");

  /** Reads a restore of one object. */
  static RestoreRequest ofOne(JsonBody json, Optional<EntityModel> model) {
    json.requireOnly("asOf", "position", "reason", "dryRun", "attributes", "related", "limit");
    if (json.has("asOf") == json.has("position")) {
      throw ProblemException.malformedBody("The body must hold either asOf or position.");
    }
    return new RestoreRequest(wanted(json, model), StateFilter.all());
  }

  /** Reads a restore of objects of a type. */
  static RestoreRequest ofAll(JsonBody json, AuditedUnit unit, String type) {
    json.requireOnly(
        "asOf", "reason", "dryRun", "attributes", "related", "limit", "ids", "filter", "exact");
    if (json.flag("exact") && (json.has("filter") || json.has("attributes"))) {
      throw ProblemException.malformedBody("exact goes with neither filter nor attributes.");
    }
    Restore wanted = wanted(json, unit.models().of(type));
    return new RestoreRequest(
        wanted, filter(json, unit, type, Objects.requireNonNull(wanted.asOf())));
  }

  /** Reads the undo of a transaction. */
  static Undo undo(JsonBody json) {
    json.requireOnly("reason", "dryRun", "force", "limit");
    return new Undo(reason(json), json.flag("dryRun"), json.flag("force"), limit(json));
  }

  private static Restore wanted(JsonBody json, Optional<EntityModel> model) {
    return new Restore(
        json.has("position") ? null : asOf(json),
        json.has("position") ? json.id("position") : 0,
        reason(json),
        json.flag("dryRun"),
        attributes(json, model),
        new LinkedHashSet<>(json.texts("ids")),
        isRelated(json),
        json.flag("exact"),
        limit(json));
  }

  private static Instant asOf(JsonBody json) {
    return Objects.requireNonNull(Parameters.instant("asOf", json.text("asOf")));
  }

  private static Set<String> attributes(JsonBody json, Optional<EntityModel> model) {
    Set<String> names = new LinkedHashSet<>(json.texts("attributes"));
    for (String name : names) {
      if (model.isPresent() && model.get().attribute(name).isEmpty()) {
        throw ProblemException.malformedBody(
            "%s has no attribute %s.".formatted(model.get().contentType(), name));
      }
    }
    return names;
  }

  private static boolean isRelated(JsonBody json) {
    String related = json.has("related") ? json.text("related") : "none";
    if (!RELATED.contains(related)) {
      throw ProblemException.malformedBody("related must be none or required.");
    }
    return related.equals("required");
  }

  private static int limit(JsonBody json) {
    long limit = json.has("limit") ? json.id("limit") : Restore.DEFAULT_LISTED;
    if (limit > Parameters.LARGEST_LIMIT * 10) {
      throw ProblemException.malformedBody(
          "limit must be 1 to %d.".formatted(Parameters.LARGEST_LIMIT * 10));
    }
    return (int) limit;
  }

  private static StateFilter filter(JsonBody json, AuditedUnit unit, String type, Instant asOf) {
    Map<String, List<String>> wanted = new TreeMap<>();
    json.comparisons("filter").forEach((path, comparison) -> wanted.put(path, List.of(comparison)));
    StateQuery query = new Filter(unit.models(), type).query(wanted);
    StateSearch search = new StateSearch(unit.rebuilder(), unit.models());
    return states -> search.among(states, query, asOf);
  }

  /** Returns why, from the field {@code reason}. */
  static String reason(JsonBody json) {
    String reason = json.text("reason");
    if (!AuditContext.isAcceptable(reason)) {
      throw ProblemException.malformedBody(
          "reason must have 1 to %d characters.".formatted(AuditContext.LONGEST));
    }
    return reason;
  }
}

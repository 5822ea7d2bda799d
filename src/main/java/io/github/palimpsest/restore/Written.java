package io.github.palimpsest.restore;

import io.github.palimpsest.Change;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a restore wrote since it last looked: callbacks of the application run when that is flushed,
 * and may set something else. For one thread.
 */
final class Written {
  private final EntityModels models;
  private final Report report;
  private final List<One> all = new ArrayList<>();

  private record One(Goal goal, Object entity) {}

  Written(EntityModels models, Report report) {
    this.models = models;
    this.report = report;
  }

  void add(Goal goal, Object entity) {
    all.add(new One(goal, entity));
  }

  /** Reports what callbacks made of it, after a flush. */
  void compare() {
    for (One one : all) {
      List<Change> different = different(one.goal(), one.entity());
      if (!different.isEmpty()) {
        report.correct(one.goal().stream(), different);
      }
    }
    all.clear();
  }

  private List<Change> different(Goal goal, Object entity) {
    EntityModel model = goal.model();
    Object wanted = model.instantiate(goal.wanted(), models::stub);
    Map<String, JsonValue> before = new TreeMap<>();
    Map<String, JsonValue> after = new TreeMap<>();
    for (Attribute attribute : model.attributes()) {
      if (goal.wanted().containsKey(attribute.name()) && isWritten(attribute)) {
        before.put(attribute.name(), Planner.value(attribute, wanted));
        after.put(attribute.name(), Planner.value(attribute, entity));
      }
    }
    return Difference.between(before, after);
  }

  /** What an update does not write is told by the plan. */
  private static boolean isWritten(Attribute attribute) {
    return attribute.isUpdatedWhole()
        && !attribute.isVersion()
        && attribute.maskedPaths().isEmpty()
        && !Planner.isKeyed(attribute);
  }
}

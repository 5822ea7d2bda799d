package io.github.palimpsest.rest;

import io.github.palimpsest.event.Condition;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.rebuild.AttributePaths;
import io.github.palimpsest.rebuild.StateQuery;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is asked of states: conditions such as {@code region=Europe}, {@code
 * name.common=like:Ch%}, {@code area=gt:100}, {@code owner.name=in:Ada,Bob}, and an order such as
 * {@code region,-area}. All conditions must hold. Whatever is given is a condition: what else a
 * request has is taken out before, so that nothing is asked for in vain.
 *
 * @param models of the persistence unit
 * @param contentType of the states
 */
record Filter(EntityModels models, String contentType) {
  /**
   * Returns the query; an attribute that the class does not have, or that is masked, is a problem.
   *
   * @param conditions comparisons, by path
   */
  StateQuery query(Map<String, List<String>> conditions) {
    StateQuery query = StateQuery.all(contentType);
    for (Map.Entry<String, List<String>> each : conditions.entrySet()) {
      String name = each.getKey();
      AttributePath path = path(name, name);
      for (String text : each.getValue()) {
        query = where(query, path, name, text);
      }
    }
    return query;
  }

  private static StateQuery where(StateQuery query, AttributePath path, String name, String text) {
    try {
      Condition condition = Comparisons.of(path, text);
      return query.where(path, condition);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter(name, e.getMessage() + ".");
    }
  }

  /**
   * Returns the query with an order.
   *
   * @param orders lists of paths, those after a minus the other way round
   */
  StateQuery ordered(StateQuery query, List<String> orders) {
    StateQuery ordered = query;
    for (String order : orders) {
      for (String item : order.split(",", -1)) {
        boolean isDescending = item.startsWith("-");
        AttributePath path = path("orderBy", isDescending ? item.substring(1) : item);
        ordered = ordered.orderBy(path, isDescending);
      }
    }
    return ordered;
  }

  private AttributePath path(String parameter, String text) {
    Optional<EntityModel> model = models.of(contentType);
    if (model.isEmpty()) {
      return AttributePath.unchecked(text);
    }
    try {
      return new AttributePaths(models).of(model.get(), text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter(parameter, e.getMessage() + ".");
    }
  }
}

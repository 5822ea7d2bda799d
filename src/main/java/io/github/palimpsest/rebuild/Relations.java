package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells what is at the other side of relations as of an instant, whichever side owns them.
 *
 * @param rebuilder of the database
 * @param models of the persistence unit
 * @param settled the instant
 */
public record Relations(Rebuilder rebuilder, EntityModels models, Instant settled) {
  /**
   * Returns what is there, as the inverse side is ordered or the owning one recorded it, at most
   * {@link PastObjects#MOST}; nothing if the class has no such relation.
   *
   * @param state of the object, a {@code model}
   */
  public Optional<List<State>> of(EntityModel model, State state, String attribute) {
    return models.inverses(model.entityClass()).stream()
        .filter(each -> each.name().equals(attribute))
        .findFirst()
        .map(inverse -> inverse(inverse, state))
        .or(() -> owned(model, state, attribute));
  }

  private List<State> inverse(Inverse inverse, State state) {
    return new PastReferrers(rebuilder, models, settled)
            .of(inverse, List.of(state.stream()), PastObjects.MOST)
            .getOrDefault(state.stream(), List.of())
            .stream()
            .sorted(InverseOrder.of(inverse, models))
            .toList();
  }

  private Optional<List<State>> owned(EntityModel model, State state, String attribute) {
    AttributePaths paths = new AttributePaths(models);
    if (model.attribute(attribute).isEmpty() || !paths.within(model, attribute).refers()) {
      return Optional.empty();
    }
    AttributePath path = paths.within(model, attribute);
    return Optional.of(
        ReferencedStates.of(List.of(state), List.of(path), models, rebuilder, Bound.asOf(settled))
            .at(state, path));
  }
}

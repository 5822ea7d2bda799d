package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The order of an inverse side: as its {@code @OrderBy} says, else by object id. */
final class InverseOrder {
  private static final Comparator<State> BY_ID =
      Comparator.comparing((State state) -> state.stream().objectId().length())
          .thenComparing(state -> state.stream().objectId());

  private InverseOrder() {}

  static Comparator<State> of(Inverse inverse, EntityModels models) {
    Optional<EntityModel> owner =
        models.all().stream()
            .filter(model -> inverse.target().isAssignableFrom(model.entityClass()))
            .findFirst();
    if (owner.isEmpty() || inverse.order().isEmpty()) {
      return BY_ID;
    }
    String text = inverse.order().orElseThrow().strip();
    List<String> items =
        text.isEmpty()
            ? List.copyOf(owner.get().identifier().shape().keySet())
            : List.of(text.split("\\s*,\\s*", -1));
    return items.stream()
        .flatMap(item -> order(item, owner.get(), models).stream())
        .reduce(Comparator::thenComparing)
        .map(order -> order.thenComparing(BY_ID))
        .orElse(BY_ID);
  }

  /** What history does not have, it cannot order by. */
  private static Optional<Comparator<State>> order(
      String item, EntityModel owner, EntityModels models) {
    String[] words = item.strip().split("\\s+", -1);
    if (owner.attribute(words[0].split("\\.", -1)[0]).isEmpty()) {
      return Optional.empty();
    }
    AttributePath path = new AttributePaths(models).within(owner, words[0]);
    Comparator<State> order =
        Comparator.comparing(
            state -> PathValues.in(state.attributes(), path.rest()),
            JsonOrder.of(path.areInstants()));
    boolean isDescending = words.length > 1 && words[1].toLowerCase(Locale.ROOT).equals("desc");
    return Optional.of(isDescending ? order.reversed() : order);
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.Page;
import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is at the other side of relations as of an instant, whichever side owns them.
 *
 * @param rebuilder of the database
 * @param models of the persistence unit
 * @param settled the instant
 */
public record Relations(Rebuilder rebuilder, EntityModels models, Instant settled) {
  /**
   * Returns a page of what is there; nothing if the class has no such relation. An inverse side
   * without {@code @OrderBy} comes by content type and object id, the shorter ids first; others
   * come as the inverse side is ordered or the owning one recorded it. All but an ordered inverse
   * side may have any size.
   *
   * @param state of the object, a {@code model}
   * @param after {@code type/id} of the last one before the page, null for the beginning
   * @throws TooManyObjectsException if an ordered inverse side has more than {@link
   *     PastObjects#MOST}
   * @throws IllegalArgumentException if {@code after} is not of the relation
   */
  public Optional<Page<State>> page(
      EntityModel model, State state, String attribute, @Nullable String after, int limit) {
    Optional<Inverse> inverse =
        models.inverses(model.entityClass()).stream()
            .filter(each -> each.name().equals(attribute))
            .findFirst();
    if (inverse.isPresent() && inverse.get().order().isEmpty()) {
      return Optional.of(page(inverse.get(), state, after, limit));
    }
    return inverse.isPresent()
        ? Optional.of(page(from(inverse(inverse.get(), state), State::stream, after), limit))
        : owned(model, attribute).map(path -> page(path, state, after, limit));
  }

  private Page<State> page(Inverse inverse, State state, @Nullable String after, int limit) {
    int wanted = limit + 1;
    return page(
        new PastReferrers(rebuilder, models, settled)
            .of(inverse, state.stream())
            .from(after, wanted)
            .limit(wanted)
            .toList(),
        limit);
  }

  /** The ids say where the page begins, so that no more states are read than it has. */
  private Page<State> page(AttributePath path, State state, @Nullable String after, int limit) {
    List<StreamId> streams = List.copyOf(ReferencedStates.streams(state, path, models));
    return page(
        ReferencedStates.inOrder(
                from(streams, stream -> stream, after), models, rebuilder, Bound.asOf(settled))
            .limit(limit + 1L)
            .toList(),
        limit);
  }

  private static Page<State> page(List<State> found, int limit) {
    return Page.of(found, limit, state -> state.stream().toString());
  }

  /** What an instant has at the other side never changes. */
  private static <E> List<E> from(
      List<E> all, Function<E, StreamId> stream, @Nullable String after) {
    if (after == null) {
      return all;
    }
    int index = all.stream().map(each -> stream.apply(each).toString()).toList().indexOf(after);
    if (index < 0) {
      throw new IllegalArgumentException("after is not of this relation");
    }
    return all.subList(index + 1, all.size());
  }

  private List<State> inverse(Inverse inverse, State state) {
    return new PastReferrers(rebuilder, models, settled)
            .of(inverse, List.of(state.stream()), PastObjects.MOST)
            .getOrDefault(state.stream(), List.of())
            .stream()
            .sorted(InverseOrder.of(inverse, models))
            .toList();
  }

  private Optional<AttributePath> owned(EntityModel model, String attribute) {
    return model
        .attribute(attribute)
        .map(each -> new AttributePaths(models).within(model, attribute))
        .filter(AttributePath::refers);
  }
}

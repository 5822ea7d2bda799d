package io.github.palimpsest.rebuild;

import io.github.palimpsest.PastView;
import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.RebuiltTypeQuery.Source;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of one persistence unit as they were at an instant, with what they refer to. */
public final class PastObjects implements PastView {
  /** How many objects are loaded at once. */
  public static final int MOST = 10_000;

  private final Rebuilder rebuilder;
  private final EntityModels models;
  private final Instant asOf;
  private final int most;
  private final Identities known = new Identities();
  private @Nullable PastReferrers referrers;

  /**
   * Creates the view.
   *
   * @param asOf the instant; settled when something is first read
   * @param most how many objects are loaded at once
   */
  public PastObjects(Rebuilder rebuilder, EntityModels models, Instant asOf, int most) {
    this.rebuilder = rebuilder;
    this.models = models;
    this.asOf = asOf;
    this.most = most;
  }

  @Override
  public Instant asOf() {
    return asOf;
  }

  @Override
  public synchronized <T> Optional<T> find(Class<T> type, Object id) {
    List<EntityModel> candidates =
        models.all().stream().filter(model -> type.isAssignableFrom(model.entityClass())).toList();
    if (candidates.isEmpty()) {
      throw new UnknownTypeException(type.getName());
    }
    Bound bound = Bound.asOf(referrers().settled());
    return candidates.stream()
        .map(model -> new StreamId(model.contentType(), model.identifier().objectIdOf(id)))
        .flatMap(stream -> rebuilder.at(stream, bound).stream())
        .filter(state -> !state.isTombstone())
        .findFirst()
        .map(state -> type.cast(of(List.of(state)).get(0)));
  }

  @Override
  public <T> TypeQuery<T> all(Class<T> type) {
    EntityModel model = models.of(type).orElseThrow(() -> new UnknownTypeException(type.getName()));
    return RebuiltTypeQuery.all(
        new Source<>(rebuilder, models, states -> of(states).stream().map(type::cast).toList()),
        model,
        asOf);
  }

  /** Returns the objects of these states, in their order. */
  private synchronized List<Object> of(List<State> states) {
    return new PastLoading(referrers(), known, most, this::referring).load(states);
  }

  /** Returns the objects on the other side of a relation. */
  private synchronized List<Object> referring(Inverse inverse, StreamId target) {
    List<State> states =
        referrers().of(inverse, List.of(target), most).getOrDefault(target, List.of());
    return of(states.stream().sorted(InverseOrder.of(inverse, models)).toList());
  }

  private PastReferrers referrers() {
    PastReferrers settled = referrers;
    if (settled == null) {
      settled = new PastReferrers(rebuilder, models, rebuilder.settled(asOf));
      referrers = settled;
    }
    return settled;
  }
}

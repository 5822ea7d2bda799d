package io.github.palimpsest.rebuild;

import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Inverse;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.ReferencedKeys;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers the inverse side of relations as of an instant, from what the owning side recorded: the
 * database finds who ever referred to an object by then, and their rebuilt states tell who did.
 *
 * @param rebuilder of the database
 * @param models of the persistence unit
 * @param settled the instant
 */
public record PastReferrers(Rebuilder rebuilder, EntityModels models, Instant settled) {
  private static final int BATCH = 500;

  /**
   * Returns who referred to each of {@code targets}, by object id; none for those to whom nobody
   * did.
   *
   * @param targets of one class, which has the inverse side
   * @param most at most so many
   * @throws TooManyObjectsException if there are more
   */
  public Map<StreamId, List<State>> of(Inverse inverse, Collection<StreamId> targets, int most) {
    Set<StreamId> wanted = new HashSet<>(targets);
    Map<StreamId, List<State>> referrers = new HashMap<>();
    int number = 0;
    for (EntityModel model : owners(inverse)) {
      AttributePath path = new AttributePaths(models).within(model, inverse.mappedBy());
      for (State state : (Iterable<State>) candidates(model, path, wanted)::iterator) {
        for (StreamId target : referenced(path, state)) {
          if (wanted.contains(target)) {
            if (++number > most) {
              throw new TooManyObjectsException(most);
            }
            referrers.computeIfAbsent(target, each -> new ArrayList<>()).add(state);
          }
        }
      }
    }
    return referrers;
  }

  /** Returns those who referred to one object, to be gone through page by page. */
  ReferrerPages of(Inverse inverse, StreamId target) {
    return new ReferrerPages(
        this,
        owners(inverse).stream().sorted(Comparator.comparing(EntityModel::contentType)).toList(),
        inverse.mappedBy(),
        target);
  }

  private List<EntityModel> owners(Inverse inverse) {
    return models.all().stream()
        .filter(model -> inverse.target().isAssignableFrom(model.entityClass()))
        .toList();
  }

  /** An older class may have named the attribute otherwise: then all have to be looked at. */
  private Stream<State> candidates(EntityModel model, AttributePath path, Set<StreamId> targets) {
    if (model.schemaVersion() > 1) {
      return rebuilder.all(model.contentType(), settled, "");
    }
    List<JsonValue> keys = targets.stream().map(this::key).toList();
    List<String> ids = rebuilder.referring(model.contentType(), path.rest(), keys, settled);
    return Batches.of(ids.stream(), BATCH)
        .flatMap(batch -> rebuilder.at(model.contentType(), batch, Bound.asOf(settled)).stream())
        .filter(state -> !state.isTombstone());
  }

  /** As above, some of them: the shorter ids first, from after one on. */
  List<String> candidates(
      EntityModel model, AttributePath path, StreamId target, String after, int limit) {
    JsonValue key = model.schemaVersion() > 1 ? null : key(target);
    return rebuilder.referring(model.contentType(), path.rest(), key, settled, after, limit);
  }

  private JsonValue key(StreamId target) {
    var identifier = models.of(target.contentType()).orElseThrow().identifier();
    return JsonText.parse(identifier.referenceTo(identifier.primaryKey(target.objectId())));
  }

  Set<StreamId> referenced(AttributePath path, State state) {
    return ReferencedKeys.streams(
        Objects.requireNonNull(path.codec()),
        PathValues.in(state.attributes(), path.rest()),
        models);
  }
}

package io.github.palimpsest.matrix;

import io.github.palimpsest.Restore;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.StateFilter;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Restores what was before a step, together with an object of the step before it, since what is
 * restored at once is read and locked in another way than a single one.
 */
final class Restores {
  private final JpaProvider provider;
  private final TestUnit unit;
  private final Rebuilder rebuilder;
  private final LiveComparison live;

  /** By type, the last object that was tried. */
  private final Map<String, StreamId> neighbours = new HashMap<>();

  Restores(JpaProvider provider, TestUnit unit, Rebuilder rebuilder, LiveComparison live) {
    this.provider = provider;
    this.unit = unit;
    this.rebuilder = rebuilder;
    this.live = live;
  }

  void run(Attempt attempt) {
    Instant before = attempt.before();
    List<StreamId> existed =
        attempt.streams().stream().filter(stream -> isThere(stream, before)).toList();
    unit.factory().getCache().evictAll();
    Set<StreamId> restored = new LinkedHashSet<>(existed);
    for (StreamId stream : existed) {
      List<StreamId> both = withNeighbour(stream, before);
      restore(both, before);
      restored.addAll(both);
    }
    existed.stream().limit(1).forEach(this::findReferrers);
    for (StreamId stream : restored) {
      live.compare(stream, rebuilder.at(stream, Bound.asOf(before)).orElseThrow(), true);
      live.compare(stream, rebuilder.at(stream, Bound.none()).orElseThrow(), true);
    }
    existed.forEach(stream -> neighbours.put(stream.contentType(), stream));
  }

  private List<StreamId> withNeighbour(StreamId stream, Instant before) {
    List<StreamId> both = new ArrayList<>(List.of(stream));
    StreamId neighbour = neighbours.get(stream.contentType());
    if (neighbour != null && !neighbour.equals(stream) && isThere(neighbour, before)) {
      both.add(neighbour);
    }
    return both;
  }

  private void restore(List<StreamId> streams, Instant before) {
    Restore wanted =
        Restore.to(before, "the state before the step")
            .withRelated()
            .objects(streams.stream().map(StreamId::objectId).toList());
    unit.commit(
        em ->
            new Restorer(rebuilder, provider.live(em))
                .restoreAll(streams.get(0).contentType(), wanted, StateFilter.all()));
  }

  /** Asks who refers to the entity, as a restore does before it removes one. */
  private void findReferrers(StreamId stream) {
    unit.commit(
        em -> {
          LiveEntities entities = provider.live(em);
          entities
              .find(entities.models().of(stream.contentType()).orElseThrow(), stream.objectId())
              .ifPresent(entities::referrers);
        });
  }

  private boolean isThere(StreamId stream, Instant then) {
    return rebuilder.at(stream, Bound.asOf(then)).filter(state -> !state.isTombstone()).isPresent();
  }
}

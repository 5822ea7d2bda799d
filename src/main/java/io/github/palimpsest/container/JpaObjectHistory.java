package io.github.palimpsest.container;

import io.github.palimpsest.AttributeValue;
import io.github.palimpsest.Change;
import io.github.palimpsest.ObjectHistory;
import io.github.palimpsest.Projection;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.rebuild.AttributeHistory;
import io.github.palimpsest.rebuild.AttributePaths;
import io.github.palimpsest.rebuild.DetachedEntities;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.Projections;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history of one object, for the thread that asked for it. */
record JpaObjectHistory<T>(
    Class<T> type,
    EntityModel model,
    Subject subject,
    AuditedUnit unit,
    RestoreTransaction restores)
    implements ObjectHistory<T> {
  @Override
  public Optional<T> at(Instant asOf) {
    return state(asOf)
        .filter(state -> !state.isTombstone())
        .map(state -> type.cast(new DetachedEntities(unit.models()::stub).of(model, state)));
  }

  @Override
  public List<RecordedEvent> events() {
    return rebuilder().events(subject.stream(), 0, Integer.MAX_VALUE, event -> true);
  }

  @Override
  public List<Change> diff(Instant from, Instant to) {
    return Difference.between(attributes(state(from)), attributes(state(to)));
  }

  @Override
  public List<AttributeValue> attribute(String path) {
    return new AttributeHistory(rebuilder(), new AttributePaths(unit.models()).within(model, path))
        .values(subject.stream());
  }

  @Override
  public void append(String name, Map<String, ? extends @Nullable Object> data) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a domain event needs a name");
    }
    if (data.containsKey("type")) {
      throw new IllegalArgumentException("the key type is taken by the name of the domain event");
    }
    unit.record(changes -> subject.append(changes, model, name, data));
  }

  @Override
  public <R> R project(Projection<R> projection, Instant asOf) {
    return new Projections(unit.connections(), rebuilder())
        .value(subject.stream(), projection, rebuilder().settled(asOf));
  }

  @Override
  public Restoration restore(Restore wanted) {
    return restores.restore(subject.stream(), wanted, OptionalLong.empty());
  }

  private Optional<State> state(Instant asOf) {
    return rebuilder().at(subject.stream(), Bound.asOf(rebuilder().settled(asOf)));
  }

  private Rebuilder rebuilder() {
    return unit.rebuilder();
  }

  private static SortedMap<String, JsonValue> attributes(Optional<State> state) {
    return state.map(State::attributes).orElseGet(TreeMap::new);
  }
}

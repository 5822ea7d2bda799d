package io.github.palimpsest.rebuild;

import io.github.palimpsest.Change;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events that set the attributes of one object; reads only. The index knows objects, not
 * attributes, so it reads the object's events in batches: bounded memory, as many reads as the
 * object has batches of events. Safe for threads.
 *
 * @param rebuilder reads the events
 * @param stream whose attributes
 */
public record Blame(Rebuilder rebuilder, StreamId stream) {
  private static final int BATCH = 500;

  /**
   * Returns the events that changed one value, each with that change alone, oldest first.
   *
   * @param way to the value within the object: an attribute, a part of it, and so on
   * @param after position to begin after, 0 for the beginning
   * @param limit at most so many
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  public List<RecordedEvent> changes(List<String> way, long after, int limit) {
    List<RecordedEvent> found = new ArrayList<>();
    for (List<RecordedEvent> batch = batch(after, event -> true);
        !batch.isEmpty();
        batch = batch(last(batch), event -> true)) {
      for (RecordedEvent each : batch) {
        change(each, way)
            .ifPresent(change -> found.add(new RecordedEvent(each.event(), List.of(change))));
        if (found.size() == limit) {
          return found;
        }
      }
    }
    return found;
  }

  /**
   * Returns which event gave each attribute of a state the value it has there, by attribute.
   *
   * @param state of the object, no tombstone
   * @param settled the instant that the state is as of
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  public Map<String, Event> origins(State state, Instant settled) {
    Map<String, Event> origins = new TreeMap<>();
    @Nullable Event whole = null;
    Predicate<Event> isOfThen = event -> !event.timeCreated().isAfter(settled);
    for (List<RecordedEvent> batch = batch(0, isOfThen);
        !batch.isEmpty();
        batch = batch(last(batch), isOfThen)) {
      for (RecordedEvent each : batch) {
        if (whole == null || holdsAll(each.event())) {
          whole = each.event();
        }
        if (each.event().operation() == Operation.REMOVE) {
          origins.clear(); // that values went is not where those of a later life are from
        } else {
          each.changes().forEach(change -> origins.put(change.attribute(), each.event()));
        }
      }
    }
    // what was null from the beginning never changed
    for (String attribute : state.attributes().keySet()) {
      if (whole != null) {
        origins.putIfAbsent(attribute, whole);
      }
    }
    origins.keySet().retainAll(state.attributes().keySet());
    return origins;
  }

  private static Optional<Change> change(RecordedEvent event, List<String> way) {
    return event.changes().stream()
        .filter(change -> change.attribute().equals(way.get(0)))
        .map(change -> at(way, change))
        .filter(change -> !JsonOrder.isSame(change.before(), change.after()))
        .findFirst();
  }

  private static Change at(List<String> way, Change change) {
    return new Change(
        String.join(".", way),
        PathValues.in(Map.of(change.attribute(), change.before()), way),
        PathValues.in(Map.of(change.attribute(), change.after()), way));
  }

  private List<RecordedEvent> batch(long after, Predicate<Event> wanted) {
    return rebuilder.events(
        stream, after, BATCH, wanted.and(event -> event.operation() != Operation.DOMAIN));
  }

  private static long last(List<RecordedEvent> batch) {
    return batch.get(batch.size() - 1).event().position();
  }

  private static boolean holdsAll(Event event) {
    return event.operation() == Operation.PERSIST || event.operation() == Operation.BASELINE;
  }
}

package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Snapshot;
import io.github.palimpsest.event.StreamId;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One object's full attribute map at one moment, or its tombstone.
 *
 * @param stream whose state
 * @param position of the last event folded in
 * @param timeCreated the latest time created among the events folded in
 * @param operation of the last event folded in; {@code REMOVE} for a tombstone
 * @param schemaVersion version of the entity class whose attributes these are, from 1
 * @param attributes by name; empty for a tombstone
 */
public record State(
    StreamId stream,
    long position,
    Instant timeCreated,
    Operation operation,
    int schemaVersion,
    SortedMap<String, JsonValue> attributes) {
  /** Returns whether the object had been removed. */
  public boolean isTombstone() {
    return operation == Operation.REMOVE;
  }

  /** Returns the state that a snapshot stored. */
  public static State of(Snapshot snapshot) {
    return new State(
        snapshot.stream(),
        snapshot.position(),
        snapshot.timeCreated(),
        Operation.UPDATE,
        snapshot.schemaVersion(),
        new TreeMap<>(snapshot.state()));
  }

  /** Returns the state before the first event: nothing. */
  static State before(Event first) {
    return new State(
        first.stream(), 0, Instant.MIN, Operation.REMOVE, first.schemaVersion(), new TreeMap<>());
  }
}

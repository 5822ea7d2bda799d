package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.StateChange;
import io.github.palimpsest.event.StateChanges;
import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.List;

/** The changes of one object's state up to a settled instant. */
record SettledChanges(
    Connections connections, StateChanges changes, StreamId stream, Instant settled) {
  /** Returns those after {@code position} (exclusive), oldest first, at most {@code limit}. */
  List<StateChange> after(long position, int limit) {
    return connections.call(
        connection -> changes.after(connection, stream, position, settled, limit));
  }

  /** Returns those before {@code position} (exclusive), newest first, at most {@code limit}. */
  List<StateChange> before(long position, int limit) {
    return before(position, settled, limit);
  }

  /** The same, of those created at or before {@code until}. */
  List<StateChange> before(long position, Instant until, int limit) {
    Instant bound = until.isBefore(settled) ? until : settled;
    return connections.call(
        connection -> changes.before(connection, stream, position, bound, limit));
  }
}

package io.github.palimpsest.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fold needs: a snapshot, if there is one, and the stream's events from it on.
 *
 * @param stream whose state
 * @param snapshot where to start, or null to start from nothing
 * @param events in position order, domain events left out; begins with the event at the snapshot's
 *     position, which is folded in already and harmless to fold again
 */
public record Replay(StreamId stream, @Nullable Snapshot snapshot, List<Event> events) {
  public Replay {
    events = List.copyOf(events);
  }
}

package io.github.palimpsest.capture;

import io.github.palimpsest.event.StreamId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers streams that have a committed event with a full state: nothing takes it from them
 * again. The least recently used are forgotten. Safe for threads.
 */
final class CompleteStreams {
  /** At some hundred bytes each, a few megabytes. */
  private static final int MOST = 10_000;

  private final Set<StreamId> streams =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<StreamId, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  boolean contains(StreamId stream) {
    return streams.contains(stream);
  }

  void add(StreamId stream) {
    streams.add(stream);
  }
}

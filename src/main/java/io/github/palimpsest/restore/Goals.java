package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What all objects of one restore shall be. */
interface Goals {
  /** Returns what is asked for, read in batches while the stream is consumed. */
  Stream<Goal> all();

  /**
   * Returns what an object shall be that is not there and that another one refers to; empty if
   * nothing brings it back.
   */
  Optional<Goal> of(StreamId stream);

  /** Returns the objects that shall be gone. */
  Set<StreamId> gone();
}

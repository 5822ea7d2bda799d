package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What all objects of one restore shall be. */
interface Goals {
  /** Returns what is asked for, read in batches while the stream is consumed. */
  Stream<Goal> all();

  /**
   * Returns what objects shall be that are not there and that others refer to, by stream; without
   * those that nothing brings back.
   */
  Map<StreamId, Goal> of(Collection<StreamId> streams);

  /** Returns how many {@link #all} has, at most; may ask the database. */
  long most();

  /** Returns the objects that shall be gone. */
  Set<StreamId> gone();
}

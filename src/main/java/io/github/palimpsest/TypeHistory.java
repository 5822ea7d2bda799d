package io.github.palimpsest;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The history of all objects of one type.
 *
 * @param <T> their entity class
 */
public interface TypeHistory<T> {
  /**
   * Returns all objects that existed at {@code asOf} (inclusive), detached, in the order of their
   * object ids; read in batches while the stream is consumed.
   *
   * @throws FutureInstantException if {@code asOf} has not come yet
   */
  Stream<T> at(Instant asOf);

  /**
   * Restores every object that existed at {@code asOf} in one transaction; objects created later
   * stay as they are.
   *
   * @param reason recorded with the changes, not blank
   * @return what changed, one element for each object that did
   * @throws ConflictException if a referenced object does not exist now; nothing changed
   */
  List<Restored> restore(Instant asOf, String reason);
}

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

  /**
   * Records the present state of every object whose history has none: of rows that were there
   * before capture began, or came past it. It works outside the active transaction, in batches with
   * transactions of their own, each of which lets writers wait no longer than it takes. What a
   * failure leaves undone, the next call does.
   *
   * @param reason recorded with the events, not blank
   * @return how many objects
   * @throws NotSettledException if transactions being committed did not end in time
   * @throws IllegalArgumentException if an attribute cannot be expressed in SQL; the message names
   *     it
   */
  long baseline(String reason);
}

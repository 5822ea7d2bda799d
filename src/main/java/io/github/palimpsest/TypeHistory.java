package io.github.palimpsest;

import java.time.Instant;

/**
 * The history of all objects of one type.
 *
 * @param <T> their entity class
 */
public interface TypeHistory<T> {
  /**
   * Returns a query of the objects that existed at {@code asOf} (inclusive). Their references hold
   * instances with nothing but their ids.
   */
  TypeQuery<T> at(Instant asOf);

  /**
   * Restores every object that existed at {@code asOf} in one transaction; objects created later
   * stay as they are.
   *
   * @param reason recorded with the changes, not blank
   * @throws MissingReferenceException if a referenced object does not exist now; nothing changed
   */
  default Restoration restore(Instant asOf, String reason) {
    return restore(Restore.to(asOf, reason));
  }

  /**
   * Restores objects of the type, as far as {@code wanted} says: all that existed then, or those
   * that it names. It works in the active transaction, or in one of its own; if there are more than
   * 500, the persistence context is cleared in between.
   *
   * @throws StreamNotFoundException if an object that is named did not exist by then
   * @throws StreamDeletedException if an object that is named was removed by then
   * @throws MissingReferenceException if a referenced object does not exist now and {@code wanted}
   *     does not ask for related ones, or it did not exist then; nothing changed
   * @throws ConflictException if something refers to an object that has to go, or only attributes
   *     are wanted of one that is gone; nothing changed
   * @throws IllegalArgumentException if the class has no such attribute, or a position is asked for
   */
  Restoration restore(Restore wanted);

  /**
   * Records the present state of every object whose history has none: of rows that were there
   * before capture began, or came past it. It works outside the active transaction, in batches with
   * transactions of their own, each of which lets writers wait no longer than it takes. What a
   * failure leaves undone, the next call does.
   *
   * @param reason recorded with the events, not blank
   * @return how many objects
   * @throws NotSettledException if transactions being committed did not end in time
   * @throws InexpressibleTypeException if an attribute cannot be expressed in SQL; the message
   *     names it
   */
  long baseline(String reason);

  /**
   * Compares every live row with the state that history has of it, both as of one moment, while
   * others go on writing. It works outside the active transaction, in one that reads for as long as
   * it takes.
   *
   * @param after object id to begin after, empty for the beginning
   * @param limit at most so many objects are listed; all are counted
   * @throws InexpressibleTypeException if an attribute cannot be expressed in SQL; the message
   *     names it
   */
  Drift drift(String after, int limit);

  /**
   * Makes history agree with the live rows: appends an event for each object in which they differ,
   * with the source {@code database}. A row unknown to history gets its full state, a row that
   * differs the attributes in which it does, an object without a row its tombstone. It works
   * outside the active transaction, in batches as {@link #baseline} does; done twice it records
   * nothing.
   *
   * @param reason recorded with the events, not blank
   * @return how many objects
   * @throws NotSettledException if transactions being committed did not end in time
   * @throws InexpressibleTypeException if an attribute cannot be expressed in SQL; the message
   *     names it
   */
  Reconciled reconcile(String reason);
}

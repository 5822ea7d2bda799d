package io.github.palimpsest;

import java.time.Instant;
import java.util.Optional;

/**
 * The audited objects as they were at one instant (inclusive), all of them: what an object refers
 * to is as of the same instant, and so are the inverse sides of relations, which are answered from
 * the history. Safe for threads.
 *
 * <p>Objects are plain instances that are not managed, and each is the same instance for as long as
 * something holds it. What objects need is loaded with them: references, the elements of recorded
 * collections, and what those need in turn, at most 10,000 at once; inverse collections when they
 * are first read, by the view (ADR 0023). They cannot be changed. What is referred to and not
 * audited, or was unknown to history then, holds nothing but its id.
 */
public interface PastView {
  /** Returns the instant. */
  Instant asOf();

  /**
   * Returns the object; empty if it did not exist then.
   *
   * @param type its class, or one that it extends
   * @param id the primary key, as {@code EntityManager.find} takes it
   * @throws UnknownTypeException if no such class is audited
   * @throws FutureInstantException if the instant has not come yet
   * @throws TooManyObjectsException if it needs more than 10,000 others
   * @throws UnreadableEventException if a stored state does not fit its class
   */
  <T> Optional<T> find(Class<T> type, Object id);

  /**
   * Returns a query of the objects of exactly this class.
   *
   * @throws UnknownTypeException if the class is not audited
   */
  <T> TypeQuery<T> all(Class<T> type);
}

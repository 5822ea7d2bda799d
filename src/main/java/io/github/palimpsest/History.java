package io.github.palimpsest;

import java.time.Instant;

/**
 * Entry to the history of audited entities; inject it. Safe for threads. Calls join the active
 * transaction, or run in one of their own. Answers never change once given: a read waits until the
 * transactions that could still add to it have ended, and throws {@link NotSettledException} if
 * they do not.
 */
public interface History {
  /**
   * Returns the history of one object, whether or not it exists.
   *
   * @param id the primary key, as {@code EntityManager.find} takes it
   * @throws UnknownTypeException if the class is not audited
   */
  <T> ObjectHistory<T> of(Class<T> type, Object id);

  /**
   * Returns the history of the object that {@code entity} is; the entity may be new, detached or
   * managed.
   *
   * @throws UnknownTypeException if its class is not audited
   */
  <T> ObjectHistory<T> of(T entity);

  /**
   * Returns the history of all objects of one type.
   *
   * @throws UnknownTypeException if the class is not audited
   */
  <T> TypeHistory<T> of(Class<T> type);

  /**
   * Returns what one committed transaction did.
   *
   * @param number as its events have it; if the application has several databases, of the first
   *     that knows it
   * @throws TransactionNotFoundException if no event has it
   */
  TransactionHistory transaction(long number);

  /** Returns the objects of all types as they were at {@code instant} (inclusive). */
  PastView asOf(Instant instant);

  /** Returns a query of the events of all objects. */
  Events events();
}

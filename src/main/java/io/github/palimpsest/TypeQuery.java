package io.github.palimpsest;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks for objects of one type as they were at one instant: those that existed, and of which all
 * conditions hold. Immutable; every method but the last ones returns another query.
 *
 * <p>A path is the name of an attribute ({@code balance}), of a part of an embeddable ({@code
 * address.city}), of an entry of a map by its key ({@code names.de}), or of an attribute of a
 * referenced object as it was at the same instant ({@code owner.name}). Masked attributes, elements
 * of collections and attributes of objects that are not audited cannot be asked for.
 *
 * <p>States are rebuilt in batches and compared as they pass (ADR 0024), so memory is bounded and a
 * query costs what the whole type costs, unless it has neither conditions nor an order.
 *
 * @param <T> their entity class
 */
public interface TypeQuery<T> {
  /**
   * Begins a condition.
   *
   * @param path to a value; a reference is compared with an entity or with a primary key
   * @throws IllegalArgumentException if the class has no such path, or it cannot be asked for
   */
  Where<TypeQuery<T>> where(String path);

  /**
   * Orders the objects, after what was ordered by before: nulls first, numbers by value, text by
   * code point. What is equal, and all if no order is asked for, comes by object id.
   *
   * @throws IllegalArgumentException as {@link #where}
   */
  TypeQuery<T> orderBy(String path);

  /** As {@link #orderBy}, the other way round: nulls last. */
  TypeQuery<T> orderByDescending(String path);

  /** Has pages of at most so many objects, 1 or more; 100 if nothing is said. */
  TypeQuery<T> limit(int objects);

  /**
   * Goes on after a page.
   *
   * @param cursor its {@link Page#next}, of a query with the same order
   * @throws IllegalArgumentException if it is none
   */
  TypeQuery<T> after(String cursor);

  /**
   * Returns a page of the objects, detached.
   *
   * @throws FutureInstantException if the instant has not come yet
   * @throws UnreadableEventException if a stored state does not fit the class
   */
  Page<T> page();

  /** Returns all the objects, detached, read in batches while the stream is consumed. */
  Stream<T> stream();

  /** Returns how many objects there are, wherever the page begins. */
  long count();

  /** Returns the first object in the order asked for, wherever the page begins. */
  Optional<T> first();

  /** Returns the last object, likewise. */
  Optional<T> last();
}

package io.github.palimpsest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of one object.
 *
 * @param <T> its entity class
 */
public interface ObjectHistory<T> {
  /**
   * Returns the object as it was at {@code asOf} (inclusive), detached, its references holding
   * instances with nothing but their ids; empty if it did not exist then.
   *
   * @throws FutureInstantException if {@code asOf} has not come yet
   * @throws UnreadableEventException if the stored state does not fit the class
   */
  Optional<T> at(Instant asOf);

  /** Returns every event of the object, oldest first, with what each changed. */
  List<RecordedEvent> events();

  /**
   * Returns what differs between two instants (both inclusive), by attribute; a state that did not
   * exist has no attributes.
   */
  List<Change> diff(Instant from, Instant to);

  /**
   * Returns the values that an attribute had, oldest first, each with the event that gave it.
   *
   * @param path name of the attribute, as today's class has it, or path to a part of an embeddable
   * @throws IllegalArgumentException if the class has no such attribute
   */
  List<AttributeValue> attribute(String path);

  /**
   * Appends a domain event in the active transaction; it is written when that commits, after the
   * changes already flushed. Flush first where the order within one transaction matters.
   *
   * @param name what happened, in the application's words: {@code made_deposit}
   * @param data JSON-like values: text, numbers, booleans, null, temporals, UUIDs, maps and
   *     collections of these; must not contain the key {@code type}
   * @throws IllegalArgumentException if the name is empty or the data are not JSON-like
   * @throws IllegalStateException if no transaction is active
   */
  void append(String name, Map<String, ? extends @Nullable Object> data);

  /**
   * Returns the fold of the domain events created at or before {@code asOf}, in the order of their
   * positions. A {@linkplain Projection#stored stored} projection goes on from a value on the way,
   * and stores another after 100 further events, in the active transaction or one of its own.
   */
  <R> R project(Projection<R> projection, Instant asOf);

  /**
   * Makes the live entity equal to its state at {@code asOf}: changes it, or creates it again under
   * its id. The version attribute moves on, it is not set back.
   *
   * @param reason recorded with the change, not blank
   * @return what changed
   * @throws StreamNotFoundException if it did not exist by then
   * @throws StreamDeletedException if it was removed by then
   * @throws MissingReferenceException if a referenced object does not exist now; nothing changed
   */
  default Restored restore(Instant asOf, String reason) {
    return restore(Restore.to(asOf, reason)).objects().get(0);
  }

  /**
   * Makes the live entity equal to an old state, as far as {@code wanted} says. It works in the
   * active transaction, or in one of its own.
   *
   * @return what changed of it, then of others
   * @throws StreamNotFoundException if it did not exist by then
   * @throws StreamDeletedException if it was removed by then
   * @throws MissingReferenceException if a referenced object does not exist now and {@code wanted}
   *     does not ask for related ones, or it did not exist then; nothing changed
   * @throws ConflictException if it is gone and only attributes of it are wanted
   * @throws IllegalArgumentException if the class has no such attribute
   */
  Restoration restore(Restore wanted);
}

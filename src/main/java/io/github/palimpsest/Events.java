package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks for events of any objects, oldest first: by time created, then by position. All that is
 * asked must hold. Immutable; every method but the last ones returns another query. What it answers
 * stays so: events that come later come after all others.
 */
public interface Events {
  /**
   * Those of objects of any of these types.
   *
   * @throws UnknownTypeException if a class is not audited
   */
  Events ofTypes(Class<?>... types);

  /**
   * Those of one object.
   *
   * @param id the primary key, as {@code EntityManager.find} takes it
   * @throws UnknownTypeException if the class is not audited
   */
  Events of(Class<?> type, Object id);

  /** Those with any of these operations. */
  Events with(Operation... operations);

  /** The domain events with any of these names. */
  Events named(String... names);

  /** Those of one actor. */
  Events by(String actor);

  /** Those with exactly this reason. */
  Events because(String reason);

  /** Those of one request. */
  Events correlatedBy(String correlationId);

  /** Those of one transaction. */
  Events inTransaction(long number);

  /** Those created at {@code from} or later. */
  Events since(Instant from);

  /** Those created at {@code to} or earlier. */
  Events until(Instant to);

  /** Those created between two instants, both inclusive. */
  default Events between(Instant from, Instant to) {
    return since(from).until(to);
  }

  /**
   * Those that set the attribute, as the class that wrote them names it: updates that changed it,
   * and full states in which it is not null. A removal sets none.
   */
  Events changed(String attribute);

  /**
   * Begins a condition on the bodies of domain events; others then do not come.
   *
   * @param path key of a value, keys within it after dots: {@code receiver.name}
   */
  Where<Events> where(String path);

  /** The other way round: newest first. */
  Events newestFirst();

  /** Has pages of at most so many events, 1 or more; 100 if nothing is said. */
  Events limit(int events);

  /**
   * Goes on after a page.
   *
   * @param cursor its {@link Page#next}
   * @throws IllegalArgumentException if it is none
   */
  Events after(String cursor);

  /** Returns a page of the events, as they are stored. */
  Page<Event> page();

  /** Returns all the events, as they are stored, read in pages while the stream is consumed. */
  Stream<Event> stream();

  /**
   * Returns all the events with what each changed, old and new values in the words of today's
   * class. The state before each is rebuilt.
   *
   * @throws UnreadableEventException if an upcaster fails, or a newer class wrote a state
   */
  Stream<RecordedEvent> recorded();

  /** Returns how many events there are, wherever the page begins. */
  long count();

  /** Returns the first event in the order asked for, wherever the page begins. */
  Optional<Event> first();

  /** Returns the last event, likewise. */
  Optional<Event> last();

  /** Returns whose events these are, each object once, by content type and object id. */
  Stream<StreamId> objects();
}

package io.github.palimpsest.rest;

import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.event.StreamId;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of the feed. One that is unknown, or given twice where one is meant, is
 * refused: an answer to less than was asked would show more events than were meant.
 */
final class FeedParameters {
  private static final Set<String> REPEATABLE = Set.of("type", "operation", "name");
  private static final Set<String> SINGLE =
      Set.of("id", "actor", "reason", "correlationId", "transaction", "from", "to", "changed");

  private final MultivaluedMap<String, String> given;

  private FeedParameters(MultivaluedMap<String, String> given) {
    this.given = given;
  }

  /**
   * Checks their names and texts.
   *
   * @param others that this call knows beside the filters, each once
   */
  static FeedParameters of(MultivaluedMap<String, String> given, Set<String> others) {
    given.forEach(
        (name, values) -> {
          if (!REPEATABLE.contains(name) && !SINGLE.contains(name) && !others.contains(name)) {
            throw ProblemException.malformedParameter(
                name, name + " is not a parameter of this resource.");
          }
          if (values.size() > 1 && !REPEATABLE.contains(name)) {
            throw ProblemException.malformedParameter(name, name + " must be given once.");
          }
          values.forEach(value -> Parameters.text(name, value));
        });
    return new FeedParameters(given);
  }

  /** Returns the content types asked for; empty if all are. */
  List<String> types() {
    return all("type");
  }

  /** Returns the instant from which on, null for the beginning. */
  @Nullable Instant from() {
    return Parameters.instant("from", one("from"));
  }

  /** Returns the instant up to which, null if there is no end. */
  @Nullable Instant to() {
    return Parameters.instant("to", one("to"));
  }

  /** Returns the place that a parameter names, null for the beginning. */
  @Nullable EventCursor cursor(String name) {
    return Parameters.cursor(name, one(name));
  }

  /** Returns the value, null if it is not given. */
  @Nullable String one(String name) {
    return given.getFirst(name);
  }

  /** Returns whether the newest events are to come first. */
  boolean isNewestFirst() {
    String order = one("order");
    if (order == null || order.equals("asc")) {
      return false;
    }
    if (order.equals("desc")) {
      return true;
    }
    throw ProblemException.malformedParameter("order", "order must be asc or desc.");
  }

  /** Returns the query of all events that the filters let through, oldest first. */
  EventQuery query() {
    EventQuery query = ofObjects(EventQuery.all());
    query =
        with(
            query,
            all("operation").stream().map(Parameters::operation).toList(),
            EventQuery::withOperations);
    query = with(query, all("name"), EventQuery::named);
    query = with(query, one("actor"), EventQuery::by);
    query = with(query, one("reason"), EventQuery::because);
    query = with(query, one("correlationId"), EventQuery::correlatedBy);
    query = with(query, transaction(), EventQuery::inTransaction);
    query = with(query, from(), EventQuery::since);
    query = with(query, to(), EventQuery::until);
    return with(query, one("changed"), EventQuery::changing);
  }

  private EventQuery ofObjects(EventQuery query) {
    List<String> types = types();
    String id = one("id");
    if (id == null) {
      return with(query, types, EventQuery::ofTypes);
    }
    if (types.size() != 1) {
      throw ProblemException.malformedParameter("type", "id needs the one type of the object.");
    }
    return query.ofObject(new StreamId(given("type", types.get(0)), given("id", id)));
  }

  private static String given(String name, String value) {
    if (value.isEmpty()) {
      throw ProblemException.malformedParameter(name, name + " must not be empty.");
    }
    return value;
  }

  private @Nullable Long transaction() {
    String number = one("transaction");
    return number == null ? null : Parameters.transaction(number);
  }

  private List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  private static <T> EventQuery with(
      EventQuery query, List<T> values, BiFunction<EventQuery, List<T>, EventQuery> narrowed) {
    return values.isEmpty() ? query : narrowed.apply(query, values);
  }

  private static <T> EventQuery with(
      EventQuery query, @Nullable T value, BiFunction<EventQuery, T, EventQuery> narrowed) {
    return value == null ? query : narrowed.apply(query, value);
  }
}

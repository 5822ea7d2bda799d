package io.github.palimpsest.event;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events, in the order of the feed: by time created, then by position. Immutable; every
 * method returns another query. All that is asked must hold.
 */
public final class EventQuery {
  private static final EventQuery ALL = new EventQuery(List.of(), null, 100, false);

  private final List<Criterion> criteria;
  private final @Nullable EventCursor after;
  private final int limit;
  private final boolean isNewestFirst;

  private EventQuery(
      List<Criterion> criteria, @Nullable EventCursor after, int limit, boolean isNewestFirst) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
    }
    this.criteria = criteria;
    this.after = after;
    this.limit = limit;
    this.isNewestFirst = isNewestFirst;
  }

  /** Returns the query of all events, oldest first, 100 at most. */
  public static EventQuery all() {
    return ALL;
  }

  /** Those of any of these content types; a name that is none has no events. */
  public EventQuery ofTypes(Collection<String> contentTypes) {
    return with(
        Criterion.of(
            "e.content_type_id = any(array(select id from palimpsest.content_type where name ="
                + " any(?)))",
            List.copyOf(contentTypes)));
  }

  /** Those of one object. */
  public EventQuery ofObject(StreamId stream) {
    return with(
        Criterion.of(
            "e.content_type_id = (select id from palimpsest.content_type where name = ?) and"
                + " e.object_id = ?",
            stream.contentType(),
            stream.objectId()));
  }

  /** Those with any of these operations. */
  public EventQuery withOperations(Collection<Operation> operations) {
    return with(
        Criterion.of("e.operation = any(?)", operations.stream().map(Operation::text).toList()));
  }

  /** The domain events with any of these names. */
  public EventQuery named(Collection<String> names) {
    return with(Criterion.of("e.type = any(?)", List.copyOf(names)));
  }

  /** Those of one actor. */
  public EventQuery by(String actor) {
    return with(Criterion.of("e.actor = ?", actor));
  }

  /** Those with exactly this reason. */
  public EventQuery because(String reason) {
    return with(Criterion.of("e.reason = ?", reason));
  }

  /** Those of one request. */
  public EventQuery correlatedBy(String correlationId) {
    return with(Criterion.of("e.correlation_id = ?", correlationId));
  }

  /** Those of one transaction. */
  public EventQuery inTransaction(long transaction) {
    return with(Criterion.of("e.transaction_id = ?", transaction));
  }

  /** Those created at {@code from} or later. */
  public EventQuery since(Instant from) {
    return with(Criterion.of("e.time_created >= ?", Precision.up(from)));
  }

  /** Those created at {@code to} or earlier. */
  public EventQuery until(Instant to) {
    return with(Criterion.of("e.time_created <= ?", Precision.down(to)));
  }

  /**
   * Those that set the attribute, as the class that wrote them names it: updates that hold it, and
   * full states in which it is not null. A removal sets none.
   */
  public EventQuery changing(String attribute) {
    return with(
        Criterion.of(
            "(e.operation = 'update' and jsonb_exists(e.body, ?) or e.operation in ('persist',"
                + " 'baseline') and coalesce(e.body -> ?, 'null') <> 'null')",
            attribute,
            attribute));
  }

  /** The domain events whose body is like that. */
  public EventQuery where(Condition body) {
    Criterion condition = ConditionSql.of(body, "e.body");
    return with(new Criterion("e.operation = 'domain' and " + condition.sql(), condition.values()));
  }

  /** From after a place on, in the direction of the query; null for its beginning. */
  public EventQuery after(@Nullable EventCursor cursor) {
    return new EventQuery(criteria, cursor, limit, isNewestFirst);
  }

  /** At most so many, 1 or more. */
  public EventQuery first(int number) {
    return new EventQuery(criteria, after, number, isNewestFirst);
  }

  /** The other way round: newest first. */
  public EventQuery newestFirst() {
    return new EventQuery(criteria, after, limit, true);
  }

  /** Returns at most how many. */
  public int limit() {
    return limit;
  }

  /** Returns what holds for its events created by {@code settled}, wherever the page begins. */
  Criterion criterion(Instant settled) {
    return Criterion.all(
        Stream.concat(criteria.stream(), Stream.of(Criterion.of("e.time_created <= ?", settled)))
            .toList());
  }

  /** The row comparison alone would leave no partition out. */
  Criterion begin() {
    if (after == null) {
      return Criterion.of("true");
    }
    String sign = isNewestFirst ? "<" : ">";
    return Criterion.of(
        "e.time_created %1$s= ? and (e.time_created, e.id) %1$s (?, ?)".formatted(sign),
        after.timeCreated(),
        after.timeCreated(),
        after.position());
  }

  /** Returns the order as SQL. */
  String order() {
    return isNewestFirst ? "e.time_created desc, e.id desc" : "e.time_created, e.id";
  }

  private EventQuery with(Criterion criterion) {
    return new EventQuery(
        Stream.concat(criteria.stream(), Stream.of(criterion)).toList(),
        after,
        limit,
        isNewestFirst);
  }
}

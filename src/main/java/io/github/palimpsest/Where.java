package io.github.palimpsest;

import io.github.palimpsest.event.Comparison;
import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.Condition;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value that a query compares, to be followed by how. Numbers compare by value, text by code
 * point, enums as their names, instants by time. Null equals nothing but null, and is neither less
 * nor greater than anything.
 *
 * @param <Q> the query
 */
public final class Where<Q> {
  /** Makes comparisons of one value. */
  @FunctionalInterface
  public interface Compared {
    /**
     * Returns the comparison with {@code operands}, which are not null.
     *
     * @throws IllegalArgumentException if the value is not comparable with them
     */
    Comparison with(Operator operator, List<?> operands);
  }

  private final Compared compared;
  private final Function<Condition, Q> query;

  /**
   * Begins a condition.
   *
   * @param compared makes the comparisons
   * @param query a condition to the query that asks for it as well
   */
  public Where(Compared compared, Function<Condition, Q> query) {
    this.compared = compared;
    this.query = query;
  }

  /** Asks that it equals the value; null for none. */
  public Q equalTo(@Nullable Object value) {
    return value == null ? isNull() : query.apply(is(Operator.EQUAL, value));
  }

  /** Asks that it does not equal the value; what has none passes, unless the value is null. */
  public Q notEqualTo(@Nullable Object value) {
    return value == null ? isNotNull() : query.apply(is(Operator.EQUAL, value).not());
  }

  /** Asks that it is greater. */
  public Q greaterThan(Object value) {
    return query.apply(is(Operator.GREATER, value));
  }

  /** Asks that it is greater or equal. */
  public Q atLeast(Object value) {
    return query.apply(is(Operator.AT_LEAST, value));
  }

  /** Asks that it is less. */
  public Q lessThan(Object value) {
    return query.apply(is(Operator.LESS, value));
  }

  /** Asks that it is less or equal. */
  public Q atMost(Object value) {
    return query.apply(is(Operator.AT_MOST, value));
  }

  /** Asks that it lies between two values, both inclusive. */
  public Q between(Object least, Object most) {
    return query.apply(is(Operator.AT_LEAST, least).and(is(Operator.AT_MOST, most)));
  }

  /** Asks that it equals one of the values; nothing does if there are none. */
  public Q in(Collection<?> values) {
    return query.apply(compared.with(Operator.IN, List.copyOf(values)));
  }

  /** Asks that it has no value. */
  public Q isNull() {
    return query.apply(compared.with(Operator.IS_NULL, List.of()));
  }

  /** Asks that it has a value. */
  public Q isNotNull() {
    return query.apply(compared.with(Operator.IS_NULL, List.of()).not());
  }

  /** Asks that it is a text that begins so. */
  public Q startsWith(String beginning) {
    return query.apply(is(Operator.STARTS_WITH, beginning));
  }

  /**
   * Asks that it is a text like {@code pattern}, in which {@code %} is any text, {@code _} any
   * character, and a backslash takes the next one as it is.
   */
  public Q like(String pattern) {
    return query.apply(is(Operator.LIKE, pattern));
  }

  private Condition is(Operator operator, Object value) {
    return compared.with(operator, List.of(value));
  }
}

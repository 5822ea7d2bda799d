package io.github.palimpsest.event;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a state, or the body of a domain event, must be like; immutable. Every condition holds or
 * does not: null, and an attribute that is missing, equals nothing but null, and is neither less
 * nor greater than anything.
 */
public sealed interface Condition permits Comparison, Condition.All, Condition.Any, Condition.Not {
  /** Holds when all hold; always if there are none. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean test(Function<Comparison, JsonValue> values) {
      return conditions.stream().allMatch(each -> each.test(values));
    }

    @Override
    public Stream<Comparison> comparisons() {
      return conditions.stream().flatMap(Condition::comparisons);
    }
  }

  /** Holds when one of them holds; never if there are none. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean test(Function<Comparison, JsonValue> values) {
      return conditions.stream().anyMatch(each -> each.test(values));
    }

    @Override
    public Stream<Comparison> comparisons() {
      return conditions.stream().flatMap(Condition::comparisons);
    }
  }

  /** Holds when the other does not. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean test(Function<Comparison, JsonValue> values) {
      return !condition.test(values);
    }

    @Override
    public Stream<Comparison> comparisons() {
      return condition.comparisons();
    }
  }

  /** Returns what always holds. */
  static Condition always() {
    return new All(List.of());
  }

  /** Returns whether it holds for what {@code values} says is compared. */
  boolean test(Function<Comparison, JsonValue> values);

  /** Returns what it compares. */
  Stream<Comparison> comparisons();

  /** Returns what holds when both hold. */
  default Condition and(Condition other) {
    return new All(List.of(this, other));
  }

  /** Returns what holds when one of the two holds. */
  default Condition or(Condition other) {
    return new Any(List.of(this, other));
  }

  /** Returns what holds when this does not. */
  default Condition not() {
    return new Not(this);
  }
}

package io.github.palimpsest.event;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition in SQL with the values of its placeholders: numbers, texts, lists of texts (as an
 * array), lists of JSON (as an array) and instants.
 *
 * @param sql without text from outside
 * @param values in the order of the placeholders
 */
record Criterion(String sql, List<Object> values) {
  Criterion {
    values = List.copyOf(values);
  }

  static Criterion of(String sql, Object... values) {
    return new Criterion(sql, Arrays.asList(values));
  }

  /** Returns what holds when all hold; always if there are none. */
  static Criterion all(List<Criterion> criteria) {
    return joined(criteria, " and ", "true");
  }

  /** Returns what holds when one holds; never if there are none. */
  static Criterion any(List<Criterion> criteria) {
    return joined(criteria, " or ", "false");
  }

  private static Criterion joined(List<Criterion> criteria, String operator, String none) {
    if (criteria.isEmpty()) {
      return of(none);
    }
    return new Criterion(
        criteria.stream().map(Criterion::sql).collect(Collectors.joining(operator, "(", ")")),
        criteria.stream().flatMap(each -> each.values().stream()).toList());
  }

  Criterion not() {
    return new Criterion("not " + sql, values);
  }
}

package io.github.palimpsest.event;

/** Conditions in the words of SQL. */
final class ConditionSql {
  private ConditionSql() {}

  /** Returns the condition on {@code document}, an expression of a jsonb. */
  static Criterion of(Condition condition, String document) {
    if (condition instanceof Condition.All all) {
      return Criterion.all(all.conditions().stream().map(each -> of(each, document)).toList());
    }
    if (condition instanceof Condition.Any any) {
      return Criterion.any(any.conditions().stream().map(each -> of(each, document)).toList());
    }
    if (condition instanceof Condition.Not not) {
      return of(not.condition(), document).not();
    }
    return ((Comparison) condition).in(document);
  }
}

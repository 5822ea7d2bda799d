package io.github.palimpsest.event;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One value compared with others: numbers by value, text by code point, and instants, which are
 * text, as instants. What is of another kind than the operand is neither less nor greater.
 *
 * @param path name of an attribute, then of a part of it, and so on
 * @param operator how
 * @param operands one, but for {@code IN} any number, and for {@code IS_NULL} none
 * @param isInstant whether the texts are instants, with 6 to 9 digits of a second
 */
public record Comparison(
    List<String> path, Operator operator, List<JsonValue> operands, boolean isInstant)
    implements Condition {
  /** How a value is compared. */
  public enum Operator {
    /** Equal to the operand. */
    EQUAL(1),
    /** Equal to one of the operands. */
    IN(-1),
    /** Less than the operand. */
    LESS(1),
    /** Less than the operand or equal. */
    AT_MOST(1),
    /** Greater than the operand. */
    GREATER(1),
    /** Greater than the operand or equal. */
    AT_LEAST(1),
    /** A text that begins with the operand. */
    STARTS_WITH(1),
    /** A text like the operand, in which {@code %} is any text and {@code _} any character. */
    LIKE(1),
    /** Null or missing. */
    IS_NULL(0);

    private final int operands;

    Operator(int operands) {
      this.operands = operands;
    }

    private boolean takes(int number) {
      return operands < 0 || operands == number;
    }
  }

  public Comparison {
    path = List.copyOf(path);
    operands = List.copyOf(operands);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs the name of what is compared");
    }
    if (!operator.takes(operands.size())) {
      throw new IllegalArgumentException(
          "%s does not compare with %d values".formatted(operator, operands.size()));
    }
    if ((operator == Operator.STARTS_WITH || operator == Operator.LIKE)
        && !(operands.get(0) instanceof JsonString)) {
      throw new IllegalArgumentException(operator + " compares with text");
    }
    if (operator == Operator.LIKE) {
      LikePattern.of(text(operands.get(0)));
    }
  }

  @Override
  public Stream<Comparison> comparisons() {
    return Stream.of(this);
  }

  @Override
  public boolean test(Function<Comparison, JsonValue> values) {
    JsonValue value = values.apply(this);
    return switch (operator) {
      case IS_NULL -> value == JsonValue.NULL;
      case EQUAL, IN -> operands.stream().anyMatch(each -> JsonOrder.isSame(value, each));
      case LESS -> JsonOrder.areComparable(value, operand()) && order(value) < 0;
      case AT_MOST -> JsonOrder.areComparable(value, operand()) && order(value) <= 0;
      case GREATER -> JsonOrder.areComparable(value, operand()) && order(value) > 0;
      case AT_LEAST -> JsonOrder.areComparable(value, operand()) && order(value) >= 0;
      case STARTS_WITH ->
          value instanceof JsonString text && text.getString().startsWith(text(operand()));
      case LIKE ->
          value instanceof JsonString text
              && LikePattern.of(text(operand())).matches(text.getString());
    };
  }

  JsonValue operand() {
    return operands.get(0);
  }

  private int order(JsonValue value) {
    return JsonOrder.of(isInstant).compare(value, operand());
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  /** Returns it as SQL on {@code document}, an expression of a jsonb. */
  Criterion in(String document) {
    String value = "(%s #> ?)".formatted(document);
    return switch (operator) {
      case IS_NULL -> Criterion.of("coalesce(%s, 'null') = 'null'".formatted(value), path);
      case EQUAL, IN ->
          Criterion.of(
              "coalesce(%s, 'null') = any(?::jsonb[])".formatted(value), path, new Json(operands));
      case LESS -> ordered(value, "<");
      case AT_MOST -> ordered(value, "<=");
      case GREATER -> ordered(value, ">");
      case AT_LEAST -> ordered(value, ">=");
      case STARTS_WITH ->
          Criterion.of(
              "coalesce(jsonb_typeof(%1$s) = 'string' and starts_with(%1$s #>> '{}', ?), false)"
                  .formatted(value),
              path,
              path,
              text(operand()));
      case LIKE ->
          Criterion.of(
              "coalesce(jsonb_typeof(%1$s) = 'string' and (%1$s #>> '{}') like ?, false)"
                  .formatted(value),
              path,
              path,
              text(operand()));
    };
  }

  /** jsonb orders numbers by value, but text as the database collates it. */
  private Criterion ordered(String value, String sign) {
    if (operand() instanceof JsonNumber) {
      return Criterion.of(
          "coalesce(jsonb_typeof(%1$s) = 'number' and %1$s %2$s ?::jsonb, false)"
              .formatted(value, sign),
          path,
          path,
          operand().toString());
    }
    if (operand() instanceof JsonString) {
      String text = isInstant ? JsonOrder.instantSql(value) : "(%s #>> '{}')".formatted(value);
      String other = isInstant ? JsonOrder.instantKey(text(operand())) : text(operand());
      return Criterion.of(
          "coalesce(jsonb_typeof(%s) = 'string' and %s collate \"C\" %s ?, false)"
              .formatted(value, text, sign),
          path,
          path,
          other);
    }
    return Criterion.of("false");
  }

  /** JSON values for an array of them. */
  record Json(List<JsonValue> values) {}
}

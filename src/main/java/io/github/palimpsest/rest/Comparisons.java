package io.github.palimpsest.rest;

import io.github.palimpsest.event.Comparison;
import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.Condition;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.state.ForeignJson;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads comparisons as query strings write them: an operator, a colon and the value; without an
 * operator the value alone, which is equal. A text has no type, so that it is compared with text,
 * and with numbers if it is one. {@code null} alone is null; after an operator it is the text where
 * the attribute holds text.
 */
final class Comparisons {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "eq", Operator.EQUAL,
          "gt", Operator.GREATER,
          "ge", Operator.AT_LEAST,
          "lt", Operator.LESS,
          "le", Operator.AT_MOST,
          "in", Operator.IN,
          "startsWith", Operator.STARTS_WITH,
          "like", Operator.LIKE);

  private static final String NULL = "null";
  private static final Set<String> WORDS = Set.of("true", "false", NULL);

  private Comparisons() {}

  /**
   * Returns the condition on what is at the path.
   *
   * @throws IllegalArgumentException if the value cannot be read
   */
  static Condition of(AttributePath path, String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (word.equals("ne")) {
      return compared(path, Operator.EQUAL, rest).not();
    }
    Operator operator = OPERATORS.get(word);
    if (operator != null) {
      return compared(path, operator, rest);
    }
    return text.equals(NULL)
        ? in(path, Stream.of(JsonValue.NULL))
        : compared(path, Operator.EQUAL, text);
  }

  /** Returns the comparison that a string of JSON writes, which has a null of its own. */
  static String ofString(String text) {
    return text.equals(NULL) ? "eq:" + text : text;
  }

  private static Condition compared(AttributePath path, Operator operator, String text) {
    return switch (operator) {
      case EQUAL -> in(path, meant(path, text));
      case IN -> in(path, Items.of(text).stream().flatMap(item -> meant(path, item)));
      case STARTS_WITH, LIKE -> path.comparison(operator, List.of(JsonText.string(text)));
      default ->
          new Condition.Any(
              meant(path, text)
                  .<Condition>map(value -> path.comparison(operator, List.of(value)))
                  .toList());
    };
  }

  private static Condition in(AttributePath path, Stream<JsonValue> operands) {
    List<JsonValue> values = operands.toList();
    Comparison same = path.comparison(Operator.IN, values);
    return path.keyComparison(values).<Condition>map(key -> same.or(key)).orElse(same);
  }

  /** What a text may stand for. */
  private static Stream<JsonValue> meant(AttributePath path, String text) {
    if (path.areInstants() && !WORDS.contains(text)) {
      return Stream.of(instant(path, text));
    }
    List<JsonValue> meant = new ArrayList<>();
    meant.add(JsonText.string(text));
    if (isPlainNumber(text)) {
      meant.add(JsonText.number(new BigDecimal(text)));
    } else if (isWord(path, text) || text.startsWith("{") || text.startsWith("[")) {
      json(text).forEach(meant::add);
    }
    return meant.stream();
  }

  private static boolean isWord(AttributePath path, String text) {
    return WORDS.contains(text) && !(text.equals(NULL) && path.areTexts());
  }

  private static JsonValue instant(AttributePath path, String text) {
    try {
      return path.operand(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          path.text() + " must be ISO-8601 with an offset, such as 2026-01-31T12:00:00Z", e);
    }
  }

  private static Stream<JsonValue> json(String text) {
    try {
      return Stream.of(ForeignJson.parse(text));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  /** Without exponents: 1E1000000000 takes long to compare. */
  private static boolean isPlainNumber(String text) {
    return text.matches("-?[0-9]{1,1000}(\\.[0-9]{1,1000})?");
  }
}

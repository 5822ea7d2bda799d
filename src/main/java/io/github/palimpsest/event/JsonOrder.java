package io.github.palimpsest.event;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Comparator;

/** How JSON values are ordered: nulls first, then by kind, numbers by value, text by code point. */
public final class JsonOrder {
  private static final Comparator<JsonValue> PLAIN = (one, other) -> compare(one, other, false);
  private static final Comparator<JsonValue> INSTANTS = (one, other) -> compare(one, other, true);

  private JsonOrder() {}

  /** Returns the order of values whose texts are instants, or are not. */
  public static Comparator<JsonValue> of(boolean isInstant) {
    return isInstant ? INSTANTS : PLAIN;
  }

  /** Returns whether both are numbers or both are texts. */
  static boolean areComparable(JsonValue one, JsonValue other) {
    return one.getValueType() == other.getValueType()
        && (one instanceof JsonNumber || one instanceof JsonString);
  }

  /** Returns whether two values are the same, numbers compared by value and not by scale. */
  public static boolean isSame(JsonValue one, JsonValue other) {
    if (one instanceof JsonNumber left && other instanceof JsonNumber right) {
      return left.bigDecimalValue().compareTo(right.bigDecimalValue()) == 0;
    }
    if (one instanceof JsonArray left && other instanceof JsonArray right) {
      boolean isSame = left.size() == right.size();
      for (int i = 0; isSame && i < left.size(); i++) {
        isSame = isSame(left.get(i), right.get(i));
      }
      return isSame;
    }
    if (one instanceof JsonObject left && other instanceof JsonObject right) {
      return left.keySet().equals(right.keySet())
          && left.entrySet().stream()
              .allMatch(
                  each ->
                      isSame(each.getValue(), right.getOrDefault(each.getKey(), JsonValue.NULL)));
    }
    return one.equals(other);
  }

  /** Text that sorts as the instants do: years beyond 9999 have a sign. */
  static String instantKey(String text) {
    String key = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    return key.startsWith("+") ? "~" + key : key;
  }

  /** The same in SQL. */
  static String instantSql(String value) {
    return "regexp_replace(rtrim(%s #>> '{}', 'Z'), '^[+]', '~+')".formatted(value);
  }

  private static int compare(JsonValue one, JsonValue other, boolean isInstant) {
    if (one instanceof JsonNumber left && other instanceof JsonNumber right) {
      return left.bigDecimalValue().compareTo(right.bigDecimalValue());
    }
    if (one instanceof JsonString left && other instanceof JsonString right) {
      return isInstant
          ? byCodePoint(instantKey(left.getString()), instantKey(right.getString()))
          : byCodePoint(left.getString(), right.getString());
    }
    int byKind = Integer.compare(kind(one), kind(other));
    return byKind != 0 ? byKind : byCodePoint(one.toString(), other.toString());
  }

  private static int kind(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> 0;
      case FALSE -> 1;
      case TRUE -> 2;
      case NUMBER -> 3;
      case STRING -> 4;
      case ARRAY -> 5;
      case OBJECT -> 6;
    };
  }

  /** Strings compare by UTF-16 otherwise, in which U+FFFF comes after U+10000. */
  private static int byCodePoint(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char left = one.charAt(i);
      char right = other.charAt(i);
      if (left != right) {
        boolean isLeftPair = Character.isSurrogate(left);
        return isLeftPair == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : isLeftPair ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}

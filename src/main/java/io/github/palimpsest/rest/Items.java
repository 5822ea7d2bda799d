package io.github.palimpsest.rest;

import java.util.ArrayList;
import java.util.List;

/**
 * The items of a list between commas. One in quotes may hold commas, and each of its own quotes
 * twice, as a field of RFC 4180 does: {@code "Smith, John",Ada}.
 */
final class Items {
  private static final String QUOTE = "\"";

  private Items() {}

  /**
   * Returns the items, in their order.
   *
   * @throws IllegalArgumentException if an item in quotes does not end with one
   */
  static List<String> of(String text) {
    List<String> items = new ArrayList<>();
    int begin = 0;
    while (begin <= text.length()) {
      int end = text.startsWith(QUOTE, begin) ? endOfQuoted(text, begin) : endOfPlain(text, begin);
      items.add(unquoted(text.substring(begin, end)));
      begin = end + 1;
    }
    return items;
  }

  private static int endOfPlain(String text, int begin) {
    int comma = text.indexOf(',', begin);
    return comma < 0 ? text.length() : comma;
  }

  private static int endOfQuoted(String text, int begin) {
    int quote = text.indexOf(QUOTE, begin + 1);
    while (text.startsWith(QUOTE + QUOTE, quote)) {
      quote = text.indexOf(QUOTE, quote + 2);
    }
    int end = quote + 1;
    if (quote < 0 || (end < text.length() && text.charAt(end) != ',')) {
      throw new IllegalArgumentException(
          "an item that begins with a quote must end with one, and have those between twice");
    }
    return end;
  }

  private static String unquoted(String item) {
    return item.startsWith(QUOTE)
        ? item.substring(1, item.length() - 1).replace(QUOTE + QUOTE, QUOTE)
        : item;
  }
}

package io.github.palimpsest.event;

import java.util.Arrays;

/**
 * A pattern of PostgreSQL's LIKE: {@code %} is any text, {@code _} any character, a backslash takes
 * the next one as it is. Matching takes no longer than text times pattern, whatever is asked: a
 * regular expression of many {@code %} could keep a server busy for hours.
 */
final class LikePattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  private final int[] symbols;

  private LikePattern(int[] symbols) {
    this.symbols = symbols;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it ends with a backslash that takes nothing
   */
  static LikePattern of(String text) {
    int[] characters = text.codePoints().toArray();
    int[] symbols = new int[characters.length];
    int length = 0;
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == '\\') {
        i++;
        if (i == characters.length) {
          throw new IllegalArgumentException("a pattern must not end with a backslash");
        }
        symbols[length++] = characters[i];
      } else {
        symbols[length++] = symbol(characters[i]);
      }
    }
    return new LikePattern(Arrays.copyOf(symbols, length));
  }

  private static int symbol(int character) {
    return character == '%' ? ANY_TEXT : character == '_' ? ANY_CHARACTER : character;
  }

  /** Returns whether {@code text} is like it: on a mismatch the last any-text takes one more. */
  boolean matches(String text) {
    int[] characters = text.codePoints().toArray();
    int at = 0;
    int symbol = 0;
    int anyText = -1;
    int taken = 0;
    while (at < characters.length) {
      if (isAt(symbol, ANY_TEXT)) {
        anyText = symbol++;
        taken = at;
      } else if (isAt(symbol, ANY_CHARACTER) || isAt(symbol, characters[at])) {
        symbol++;
        at++;
      } else if (anyText >= 0) {
        symbol = anyText + 1;
        at = ++taken;
      } else {
        return false;
      }
    }
    while (isAt(symbol, ANY_TEXT)) {
      symbol++;
    }
    return symbol == symbols.length;
  }

  private boolean isAt(int symbol, int wanted) {
    return symbol < symbols.length && symbols[symbol] == wanted;
  }
}

package io.github.palimpsest.rest;

/**
 * Text that a terminal shows and does not obey. Data may hold escape sequences that move the
 * cursor, hide lines or do worse; they are shown as {@code \}{@code u001b}.
 */
final class Printable {
  private Printable() {}

  /** Returns one line; a backslash of the text itself is doubled. */
  static String line(String text) {
    return json(text.replace("\\", "\\\\"));
  }

  /** Returns what is JSON already, in which a backslash is never alone. */
  static String json(String json) {
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            each -> {
              if (isObeyed(each)) {
                for (char unit : Character.toChars(each)) {
                  line.append("\\u%04x".formatted((int) unit));
                }
              } else {
                line.appendCodePoint(each);
              }
            });
    return line.toString();
  }

  /** Controls, and what turns the direction of text round or breaks lines (Unicode §23). */
  private static boolean isObeyed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

package io.github.palimpsest.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something did not start; the message is all the user needs to read, so no stack trace is due. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String COLOUR = "\\x1b\\[[0-9;]*m";
  private static final int LAST_LINES = 40;
  private static final int MOST_ERRORS = 15;

  StartFailure(String message) {
    this(message, null);
  }

  StartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Adds the errors and the last lines in {@code log}, if there are any. */
  static StartFailure withLog(String sentence, Path log, @Nullable Throwable cause) {
    String excerpt = excerpt(log);
    if (excerpt.isEmpty()) {
      return new StartFailure(sentence, cause);
    }
    return new StartFailure(
        "%s%nFrom %s:%n%n%s%n%n%s".formatted(sentence, log, excerpt, sentence), cause);
  }

  private static String excerpt(Path log) {
    try {
      String text = new String(Files.readAllBytes(log), UTF_8);
      List<String> lines = text.replaceAll(COLOUR, "").lines().toList();
      List<String> earlier = lines.subList(0, Math.max(0, lines.size() - LAST_LINES));
      List<String> last = lines.subList(earlier.size(), lines.size());
      return Stream.concat(errors(earlier), last.stream())
          .collect(Collectors.joining(System.lineSeparator()))
          .strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns Payara's first errors; a longer one ends its line with "[[" and begins on the next. */
  private static Stream<String> errors(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(line -> isError(lines.get(line)) || begins(lines.subList(0, line)))
        .limit(MOST_ERRORS)
        .mapToObj(lines::get);
  }

  private static boolean isError(String line) {
    return line.contains("[SEVERE]") || line.startsWith("Caused by: ");
  }

  private static boolean begins(List<String> before) {
    return !before.isEmpty() && before.get(before.size() - 1).matches(".*\\[SEVERE].*\\[\\[");
  }
}

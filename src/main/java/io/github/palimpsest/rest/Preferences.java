package io.github.palimpsest.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a request prefers (RFC 7240); what is not known is passed over, as it says. */
final class Preferences {
  private Preferences() {}

  /** Returns whether the answer shall not wait for the end (RFC 7240 §4.1). */
  static boolean isAsynchronous(HttpHeaders headers) {
    return isAsynchronous(
        Optional.ofNullable(headers.getRequestHeader("Prefer")).orElseGet(List::of));
  }

  static boolean isAsynchronous(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(unquoted(line).split(",", -1)))
        .map(preference -> preference.split("[;=]", 2)[0].trim())
        .anyMatch("respond-async"::equalsIgnoreCase);
  }

  /** Leaves an empty text of each quoted one, in which commas mean nothing (RFC 9110 §5.6.4). */
  private static String unquoted(String line) {
    StringBuilder rest = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if (next == '"') {
        isQuoted = !isQuoted;
        rest.append(next);
      } else if (!isQuoted) {
        rest.append(next);
      } else if (next == '\\') {
        i++;
      }
    }
    return rest.toString();
  }
}

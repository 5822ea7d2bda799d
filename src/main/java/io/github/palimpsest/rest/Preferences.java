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
    return Optional.ofNullable(headers.getRequestHeader("Prefer")).orElseGet(List::of).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(preference -> preference.split("[;=]", 2)[0].trim())
        .anyMatch("respond-async"::equalsIgnoreCase);
  }
}

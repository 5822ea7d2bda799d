package io.github.palimpsest.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** Which of a resource's media types its caller prefers (RFC 9110 §12.5.1). */
final class Accepted {
  private Accepted() {}

  /** Returns whether the caller would rather read text than JSON. */
  static boolean isText(HttpHeaders headers) {
    return of(headers, MediaType.APPLICATION_JSON, LogText.MEDIA_TYPE).equals(LogText.MEDIA_TYPE);
  }

  /** Returns the one the caller rates highest; of equals the first. */
  static String of(HttpHeaders headers, String... mediaTypes) {
    List<MediaType> ranges = headers.getAcceptableMediaTypes();
    return ranges.stream()
        .filter(range -> !isRefused(range))
        .flatMap(
            range ->
                Arrays.stream(mediaTypes)
                    .filter(each -> isWithin(each, range))
                    .filter(each -> !isRefused(each, ranges)))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemType.NOT_ACCEPTABLE,
                    "Accept one of " + String.join(", ", mediaTypes) + "."));
  }

  /** A range without a wildcard says more of a media type than one with. */
  private static boolean isRefused(String mediaType, List<MediaType> ranges) {
    return ranges.stream()
        .anyMatch(
            range -> isRefused(range) && !range.isWildcardSubtype() && isWithin(mediaType, range));
  }

  private static boolean isRefused(MediaType range) {
    return range.getParameters().getOrDefault("q", "1").matches("0(\\.0*)?");
  }

  private static boolean isWithin(String mediaType, MediaType range) {
    return MediaType.valueOf(mediaType).isCompatible(range);
  }
}

package io.github.palimpsest.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a caller takes an answer compressed (RFC 9110 §12.5.3). */
final class ContentCoding {
  /** The name of the one coding there is. */
  static final String GZIP = "gzip";

  /** Added to the ETag of a compressed answer: it has other bytes, so it needs another tag. */
  static final String TAG_SUFFIX = "-gzip";

  private ContentCoding() {}

  /** Returns whether the header field, or null for none, accepts gzip. */
  static boolean acceptsGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    return weight(acceptEncoding, GZIP)
        .or(() -> weight(acceptEncoding, "*"))
        .map(weight -> !weight.matches("0(\\.0{0,3})?"))
        .orElse(false);
  }

  /** Returns the weight of one coding, 1 if it is named without; empty if it is not named. */
  private static Optional<String> weight(String acceptEncoding, String coding) {
    return Stream.of(acceptEncoding.toLowerCase(Locale.ROOT).split(","))
        .map(each -> each.trim().split("\\s*;\\s*q=", 2))
        .filter(each -> each[0].equals(coding))
        .map(each -> each.length == 2 ? each[1] : "1")
        .findFirst();
  }
}

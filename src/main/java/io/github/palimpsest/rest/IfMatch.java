package io.github.palimpsest.rest;

import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The precondition of what writes (RFC 9110 §13.1.1). The ETag of a state begins with its position,
 * which is what is compared: a state that reads otherwise today is still the one that was seen.
 */
final class IfMatch {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
  private static final Pattern LIST = Pattern.compile("%1$s(?:\\s*,\\s*%1$s)*".formatted(TAG));
  private static final Pattern OURS =
      Pattern.compile("(?<=^|[\\s,])\"([0-9]{1,18})(?:-[^\",]*)?\"");

  private IfMatch() {}

  /**
   * Returns the position that the object must still have when it is locked; empty if any will do.
   * What holds no more is a problem with status 412, and so is {@code *} for a removed object.
   *
   * @param lines the header field as it was sent, in none or several lines (RFC 9110 §5.3)
   */
  static OptionalLong position(List<String> lines, Rebuilder rebuilder, StreamId stream) {
    Optional<String> field = field(lines);
    long present = field.isEmpty() ? 0 : rebuilder.position(stream);
    if (present == 0) {
      return OptionalLong.empty();
    }
    if (field.orElseThrow().equals("*")) {
      requireExisting(rebuilder, stream, present);
    } else {
      requireOneOf(positions(field.orElseThrow()), stream, present);
    }
    return OptionalLong.of(present);
  }

  /** Refuses it where many objects are written: it would be of none of them. */
  static void refuse(HttpHeaders headers) {
    if (headers.getRequestHeader(HttpHeaders.IF_MATCH) != null) {
      throw ProblemException.malformedParameter(
          HttpHeaders.IF_MATCH, "If-Match goes with the restore of one object only.");
    }
  }

  private static void requireExisting(Rebuilder rebuilder, StreamId stream, long position) {
    if (rebuilder.at(stream, Bound.at(position)).filter(state -> !state.isTombstone()).isEmpty()) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED,
          "%s was removed at position %d.".formatted(stream, position));
    }
  }

  private static void requireOneOf(List<Long> expected, StreamId stream, long actual) {
    if (expected.isEmpty()) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED,
          "%s is at position %d and has another ETag.".formatted(stream, actual));
    }
    if (!expected.contains(actual)) {
      throw new PositionChangedException(
          stream.contentType(), stream.objectId(), expected.get(0), actual);
    }
  }

  /** Compares strongly: a weak tag, or one of something else, is none of ours. */
  private static List<Long> positions(String field) {
    if (!LIST.matcher(field).matches()) {
      throw ProblemException.malformedParameter(
          HttpHeaders.IF_MATCH, "If-Match must be ETags of this object, or *.");
    }
    return OURS.matcher(field).results().map(tag -> Long.valueOf(tag.group(1))).toList();
  }

  private static Optional<String> field(List<String> lines) {
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines).trim());
  }
}

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
 * The preconditions of what writes (RFC 9110 §13.1.1 and §13.1.2). The ETag of a state begins with
 * its position, which is what is compared: a state that reads otherwise today is still the one that
 * was seen.
 *
 * @param ifMatch the header field as it was sent, empty if it was not
 * @param ifNoneMatch the same
 */
record Preconditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
  private static final Pattern LIST = Pattern.compile("%1$s(?:\\s*,\\s*%1$s)*".formatted(TAG));
  private static final Pattern OURS =
      Pattern.compile("(?<=^|[\\s,])(W/)?\"([0-9]{1,18})(?:-[^\",]*)?\"");

  /** Returns those of a request, whose fields may come in several lines (RFC 9110 §5.3). */
  static Preconditions of(List<String> ifMatch, List<String> ifNoneMatch) {
    return new Preconditions(field(ifMatch), field(ifNoneMatch));
  }

  private static Optional<String> field(List<String> lines) {
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines).trim());
  }

  /** Refuses them where many objects are written: they would be of none of them. */
  static void refuse(HttpHeaders headers) {
    for (String name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
      if (headers.getRequestHeader(name) != null) {
        throw ProblemException.malformedParameter(
            name, name + " goes with the restore of one object only.");
      }
    }
  }

  /**
   * Returns the position that the object must still have when it is locked; empty if any will do.
   * What does not hold is a problem with status 412.
   */
  OptionalLong position(Rebuilder rebuilder, StreamId stream) {
    if (ifMatch.isEmpty() && ifNoneMatch.isEmpty()) {
      return OptionalLong.empty();
    }
    long present = rebuilder.position(stream);
    if (present == 0) {
      return OptionalLong.empty();
    }
    ifMatch.ifPresent(field -> requireMatch(field, rebuilder, stream, present));
    ifNoneMatch.ifPresent(field -> requireNoMatch(field, rebuilder, stream, present));
    return OptionalLong.of(present);
  }

  private static void requireMatch(
      String field, Rebuilder rebuilder, StreamId stream, long present) {
    if (!field.equals("*")) {
      requireOneOf(positions(HttpHeaders.IF_MATCH, field, false), stream, present);
    } else if (!exists(rebuilder, stream, present)) {
      throw failed("%s was removed at position %d.".formatted(stream, present));
    }
  }

  private static void requireNoMatch(
      String field, Rebuilder rebuilder, StreamId stream, long present) {
    boolean isMatch =
        field.equals("*")
            ? exists(rebuilder, stream, present)
            : positions(HttpHeaders.IF_NONE_MATCH, field, true).contains(present);
    if (isMatch) {
      throw failed("%s exists, at position %d.".formatted(stream, present));
    }
  }

  private static boolean exists(Rebuilder rebuilder, StreamId stream, long position) {
    return rebuilder
        .at(stream, Bound.at(position))
        .filter(state -> !state.isTombstone())
        .isPresent();
  }

  private static ProblemException failed(String detail) {
    return ProblemException.of(ProblemType.PRECONDITION_FAILED, detail);
  }

  private static void requireOneOf(List<Long> expected, StreamId stream, long actual) {
    if (expected.isEmpty()) {
      throw failed("%s is at position %d and has another ETag.".formatted(stream, actual));
    }
    if (!expected.contains(actual)) {
      throw new PositionChangedException(
          stream.contentType(), stream.objectId(), expected.get(0), actual);
    }
  }

  /** A tag of something else is none of ours; nor is a weak one where that matters. */
  private static List<Long> positions(String name, String field, boolean mayBeWeak) {
    if (!LIST.matcher(field).matches()) {
      throw ProblemException.malformedParameter(
          name, name + " must be ETags of this object, or *.");
    }
    return OURS.matcher(field)
        .results()
        .filter(tag -> mayBeWeak || tag.group(1) == null)
        .map(tag -> Long.valueOf(tag.group(2)))
        .toList();
  }
}

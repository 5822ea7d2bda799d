package io.github.palimpsest.rest;

import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.MementoPage;
import io.github.palimpsest.rebuild.Mementos;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a TimeMap begins or ends.
 *
 * @param isBackward whether the page ends before the position instead of beginning after it
 * @param position 0 for the first page
 * @param size about so many mementos; a page goes on to the end of a second
 */
record TimeMapCursor(boolean isBackward, long position, int size) {
  private static final int DEFAULT_SIZE = Parameters.LARGEST_LIMIT;

  /** Reads the parameters; the first page if there are none. */
  static TimeMapCursor of(@Nullable String after, @Nullable String before, @Nullable String limit) {
    if (after != null && before != null) {
      throw ProblemException.malformedParameter("before", "before and after exclude each other.");
    }
    int size = limit == null ? DEFAULT_SIZE : Parameters.limit(limit);
    return before == null
        ? new TimeMapCursor(false, Parameters.position("after", after), size)
        : new TimeMapCursor(true, Parameters.position("before", before), size);
  }

  Optional<MementoPage> read(Mementos mementos) {
    return isBackward ? mementos.pageBefore(position, size) : mementos.pageAfter(position, size);
  }

  TimeMapCursor before(Memento memento) {
    return new TimeMapCursor(true, memento.position(), size);
  }

  TimeMapCursor after(Memento memento) {
    return new TimeMapCursor(false, memento.position(), size);
  }

  /** Returns the page's URI, without the parameters that are as if not given. */
  String uri(String timeMap) {
    String begin = isBackward ? "?before=" + position : position == 0 ? "" : "?after=" + position;
    String limit = size == DEFAULT_SIZE ? "" : (begin.isEmpty() ? "?" : "&") + "limit=" + size;
    return timeMap + begin + limit;
  }
}

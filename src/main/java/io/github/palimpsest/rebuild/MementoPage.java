package io.github.palimpsest.rebuild;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Some mementos of an object that follow each other. None of the same object that is missing has a
 * datetime of theirs.
 *
 * @param mementos in the order of their positions, at least one
 * @param isFirst whether none comes before them
 * @param isLast whether none came after them when they were read
 */
public record MementoPage(List<Memento> mementos, boolean isFirst, boolean isLast) {
  public MementoPage {
    mementos = List.copyOf(mementos);
    if (mementos.isEmpty()) {
      throw new IllegalArgumentException("a page must have a memento");
    }
  }

  /** Returns the earliest datetime, which is the first memento's unless the clock stepped back. */
  public Instant from() {
    return mementos.stream().map(Memento::datetime).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Returns the latest datetime, which is the last memento's unless the clock stepped back. */
  public Instant until() {
    return mementos.stream().map(Memento::datetime).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** Returns the memento with the least position. */
  public Memento first() {
    return mementos.get(0);
  }

  /** Returns the memento with the greatest position. */
  public Memento last() {
    return mementos.get(mementos.size() - 1);
  }
}

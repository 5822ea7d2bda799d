package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.StateChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Reads an object's mementos page by page, both ways. A page that is full goes on to the end of its
 * last second, so that it has every memento of its interval; so no transaction is split either.
 */
final class MementoPages {
  private final SettledChanges changes;
  private final int size;

  MementoPages(SettledChanges changes, int size) {
    this.changes = changes;
    this.size = size;
  }

  /** Returns the page that begins after a position; empty if there is none. */
  Optional<MementoPage> after(long position) {
    List<StateChange> read = wholeSeconds(from -> changes.after(from, size), position);
    return page(read);
  }

  /** Returns the page that ends before a position; empty if there is none. */
  Optional<MementoPage> before(long position) {
    List<StateChange> read = wholeSeconds(from -> changes.before(from, size), begin(position));
    Collections.reverse(read);
    return page(read);
  }

  /** Returns the first position of the transaction at {@code position}, which may have several. */
  private long begin(long position) {
    long begin = position;
    List<StateChange> before = changes.before(begin, 1);
    while (!before.isEmpty() && isFollowedByItsTransaction(before.get(0))) {
      begin = before.get(0).position();
      before = changes.before(begin, 1);
    }
    return begin;
  }

  private boolean isFollowedByItsTransaction(StateChange change) {
    return changes.after(change.position(), 1).stream()
        .anyMatch(next -> next.transaction() == change.transaction());
  }

  private Optional<MementoPage> page(List<StateChange> oldestFirst) {
    if (oldestFirst.isEmpty()) {
      return Optional.empty();
    }
    long first = oldestFirst.get(0).position();
    long last = oldestFirst.get(oldestFirst.size() - 1).position();
    return Optional.of(
        new MementoPage(
            mementos(oldestFirst),
            changes.before(first, 1).isEmpty(),
            changes.after(last, 1).isEmpty()));
  }

  private static List<Memento> mementos(List<StateChange> oldestFirst) {
    List<Memento> mementos = new ArrayList<>();
    for (int i = 0; i < oldestFirst.size(); i++) {
      StateChange change = oldestFirst.get(i);
      boolean isLastOfTransaction =
          i + 1 == oldestFirst.size()
              || oldestFirst.get(i + 1).transaction() != change.transaction();
      if (isLastOfTransaction) {
        mementos.add(Memento.of(change));
      }
    }
    return mementos;
  }

  private List<StateChange> wholeSeconds(LongFunction<List<StateChange>> batches, long position) {
    List<StateChange> read = new ArrayList<>(batches.apply(position));
    boolean isFull = read.size() == size;
    while (isFull) {
      StateChange last = read.get(read.size() - 1);
      List<StateChange> more = batches.apply(last.position());
      List<StateChange> same =
          more.stream().takeWhile(change -> second(change).equals(second(last))).toList();
      read.addAll(same);
      isFull = same.size() == size;
    }
    return read;
  }

  private static Instant second(StateChange change) {
    return change.timeCreated().truncatedTo(ChronoUnit.SECONDS);
  }
}

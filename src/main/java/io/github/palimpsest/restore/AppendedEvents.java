package io.github.palimpsest.restore;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.rebuild.Rebuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the application had appended in a transaction.
 *
 * @param count of all
 * @param first of them, the oldest
 */
record AppendedEvents(long count, List<Event> first) {
  private static final int BATCH = 1000;

  /**
   * Reads the transaction, a batch of events at a time.
   *
   * @param listed how many are kept at most
   */
  static AppendedEvents of(Rebuilder rebuilder, long transaction, int listed) {
    List<Event> first = new ArrayList<>();
    long count = 0;
    List<Event> batch = rebuilder.transactionEvents(transaction, 0, BATCH);
    while (!batch.isEmpty()) {
      List<Event> appended =
          batch.stream().filter(each -> each.operation() == Operation.DOMAIN).toList();
      appended.stream().limit(listed - first.size()).forEach(first::add);
      count += appended.size();
      batch =
          rebuilder.transactionEvents(transaction, batch.get(batch.size() - 1).position(), BATCH);
    }
    return new AppendedEvents(count, first);
  }
}

package io.github.palimpsest.container;

import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.TransactionHistory;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.restore.Progress;
import java.util.List;

/**
 * What one transaction did.
 *
 * @param database a unit of its database
 */
record JpaTransactionHistory(long number, AuditedUnit database, RestoreTransaction restores)
    implements TransactionHistory {
  @Override
  public List<RecordedEvent> events() {
    return database.rebuilder().transaction(number, 0, Integer.MAX_VALUE);
  }

  @Override
  public Undone undo(Undo undo) {
    return restores.undo(database, number, undo, Progress.none());
  }
}

package io.github.palimpsest.container;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.provider.JpaUnit;
import java.sql.SQLException;

/** Lends a persistence unit's connection, within the active JTA transaction or one of its own. */
record JtaConnections(JtaTransactions transactions, JpaUnit unit, TransactionEntities entities)
    implements Connections {
  @Override
  public <R> R call(Work<R> work) {
    return transactions.call(() -> inTransaction(work));
  }

  private <R> R inTransaction(Work<R> work) {
    try {
      return work.on(unit.connection(entities.get()));
    } catch (SQLException e) {
      throw new HistoryUnavailableException(
          "The database could not answer (SQLState %s).".formatted(e.getSQLState()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("The server is stopping.", e);
    }
  }
}

package io.github.palimpsest.container;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.state.eclipselink.TransactionConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.SQLException;

/** Lends the persistence unit's connection, within the active JTA transaction or one of its own. */
@ApplicationScoped
class JtaConnections implements Connections {
  @PersistenceContext EntityManager entities;

  @Override
  @Transactional
  public <R> R call(Work<R> work) {
    try {
      return work.on(TransactionConnection.of(TransactionConnection.begun(entities)));
    } catch (SQLException e) {
      throw new HistoryUnavailableException(
          "The database could not answer (SQLState %s).".formatted(e.getSQLState()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("The server is stopping.", e);
    }
  }
}

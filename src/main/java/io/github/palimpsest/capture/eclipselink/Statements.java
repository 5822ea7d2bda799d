package io.github.palimpsest.capture.eclipselink;

import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.queries.DataModifyQuery;
import org.eclipse.persistence.queries.ModifyAllQuery;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * Hears bulk statements and SQL of a persistence unit, which no entity listener does, so that the
 * database can be told who runs them. Safe for threads.
 */
final class Statements extends SessionEventAdapter {
  @Override
  public void postExecuteQuery(SessionEvent event) {
    if (event.getSession() instanceof UnitOfWorkImpl unitOfWork
        && (event.getQuery() instanceof ModifyAllQuery
            || event.getQuery() instanceof DataModifyQuery)) {
      UnitOfWorkRecorder.of(unitOfWork).ranStatement();
    }
  }
}

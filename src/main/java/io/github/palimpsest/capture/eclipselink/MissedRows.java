package io.github.palimpsest.capture.eclipselink;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.eclipse.persistence.queries.ObjectLevelModifyQuery;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * Remembers whose UPDATE or DELETE found no row: of an entity without a version that was removed
 * meanwhile. EclipseLink goes on as if nothing were; no event may tell of a change that was none.
 * For one thread.
 */
final class MissedRows extends SessionEventAdapter {
  private final Set<Object> entities = Collections.newSetFromMap(new IdentityHashMap<>());

  @Override
  public void noRowsModified(SessionEvent event) {
    if (event.getQuery() instanceof ObjectLevelModifyQuery query) {
      entities.add(query.getObject());
    }
  }

  /** Returns whether it was so since the last call. */
  boolean remove(Object entity) {
    return entities.remove(entity);
  }
}

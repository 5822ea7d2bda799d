package io.github.palimpsest.capture.eclipselink;

import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.descriptors.DescriptorEventAdapter;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.queries.WriteObjectQuery;

/**
 * The entity listener that {@code META-INF/palimpsest-orm.xml} attaches to every entity of a
 * persistence unit; {@code @EntityListeners(AuditListener.class)} on a class does the same, and
 * both together record once. EclipseLink calls it within a flush, where no query may run (Jakarta
 * Persistence 3.1 §3.5): it only reads the entity. Safe for threads.
 */
public class AuditListener extends DescriptorEventAdapter {
  /** Called by the JPA provider. */
  public AuditListener() {}

  @Override
  public void postInsert(DescriptorEvent event) {
    recorder(event).persisted(event.getObject());
  }

  @Override
  public void postUpdate(DescriptorEvent event) {
    if (event.getQuery() instanceof WriteObjectQuery query) {
      recorder(event).updated(event.getObject(), query.getObjectChangeSet());
    }
  }

  @Override
  public void postDelete(DescriptorEvent event) {
    recorder(event).removed(event.getObject());
  }

  private static UnitOfWorkRecorder recorder(DescriptorEvent event) {
    return UnitOfWorkRecorder.of((UnitOfWorkImpl) event.getSession());
  }
}

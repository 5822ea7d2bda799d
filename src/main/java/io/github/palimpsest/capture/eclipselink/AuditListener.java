package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.state.EntityModel;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.descriptors.DescriptorEventAdapter;
import org.eclipse.persistence.descriptors.DescriptorEventManager;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.queries.WriteObjectQuery;
import org.eclipse.persistence.sessions.Session;

/**
 * The entity listener that {@code META-INF/palimpsest-orm.xml} attaches to every entity of a
 * persistence unit; {@code @EntityListeners(AuditListener.class)} on a class does the same, and
 * both together record once. EclipseLink calls it within a flush, where no query may run (Jakarta
 * Persistence 3.1 §3.5): it only reads the entity. Safe for threads.
 */
public class AuditListener extends DescriptorEventAdapter {
  /** Called by the JPA provider. */
  public AuditListener() {}

  /**
   * Attaches the listener to every audited entity that has none, because its persistence unit does
   * not name the mapping file or it excludes default listeners. Bulk statements are heard as well
   * from now on, else from the first captured change on.
   *
   * @return the content types that had none
   */
  public static List<String> attachTo(Session serverSession) {
    return UnitOfWorkRecorder.hook(serverSession).models().all().stream()
        .filter(model -> attach(serverSession.getClassDescriptor(model.entityClass())))
        .map(EntityModel::contentType)
        .sorted()
        .toList();
  }

  private static boolean attach(ClassDescriptor descriptor) {
    DescriptorEventManager events = descriptor.getEventManager();
    boolean isAttached =
        Stream.of(
                events.getEventListeners(),
                events.getEntityListenerEventListeners(),
                events.excludeDefaultListeners() ? null : events.getDefaultEventListeners())
            .flatMap(Stream::ofNullable)
            .flatMap(List::stream)
            .anyMatch(AuditListener.class::isInstance);
    if (!isAttached) {
      events.addListener(new AuditListener());
    }
    return !isAttached;
  }

  /** The recorder must be there to hear that the statement changes no row. */
  @Override
  public void aboutToUpdate(DescriptorEvent event) {
    recorder(event);
  }

  /** As {@link #aboutToUpdate}. */
  @Override
  public void aboutToDelete(DescriptorEvent event) {
    recorder(event);
  }

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

  /** Before rows of join tables go, which EclipseLink deletes first. */
  @Override
  public void preRemove(DescriptorEvent event) {
    UnitOfWorkRecorder.removing((UnitOfWorkImpl) event.getSession(), event.getObject());
  }

  /**
   * Before its private parts go: the first recorder sees to it that they do so one by one. Of what
   * is removed as an orphan, this is the first that is told.
   */
  @Override
  public void preDelete(DescriptorEvent event) {
    recorder(event).removing(event.getObject());
  }

  @Override
  public void postDelete(DescriptorEvent event) {
    recorder(event).removed(event.getObject());
  }

  private static UnitOfWorkRecorder recorder(DescriptorEvent event) {
    return UnitOfWorkRecorder.of((UnitOfWorkImpl) event.getSession());
  }
}

package io.github.palimpsest.capture.hibernate;

import java.util.function.Function;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.FlushEvent;
import org.hibernate.event.spi.FlushEventListener;

/**
 * Hears what sessions are asked for, before Hibernate does it: rows that are to be deleted are
 * whole only then. Safe for threads.
 */
final class RequestListener implements DeleteEventListener, FlushEventListener {
  private static final long serialVersionUID = 1L;

  private final transient Function<SessionImplementor, SessionRecorder> recorders;

  RequestListener(Function<SessionImplementor, SessionRecorder> recorders) {
    this.recorders = recorders;
  }

  void attach(SessionFactoryImplementor factory) {
    EventListenerRegistry registry =
        factory.getServiceRegistry().requireService(EventListenerRegistry.class);
    registry.prependListeners(EventType.DELETE, this);
    registry.prependListeners(EventType.FLUSH, this);
  }

  @Override
  public void onDelete(DeleteEvent event) {
    recorders.apply(event.getSession()).removing(event.getObject());
  }

  @Override
  public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
    onDelete(event);
  }

  /** A commit flushes, whether or not an entity has changed. */
  @Override
  public void onFlush(FlushEvent event) {
    recorders.apply(event.getSession()).flushing();
  }
}

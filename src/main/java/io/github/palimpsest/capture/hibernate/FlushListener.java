package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.capture.CommitHook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.BaseSessionEventListener;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Hears what the flushes of all sessions of one factory write, and tells each session's recorder. A
 * collection is heard before it is written: afterwards its old content is gone. Safe for threads.
 */
final class FlushListener
    implements PostInsertEventListener,
        PostUpdateEventListener,
        PostDeleteEventListener,
        PreCollectionRecreateEventListener,
        PreCollectionUpdateEventListener,
        PreCollectionRemoveEventListener {
  private static final long serialVersionUID = 1L;

  private final transient CommitHook hook;
  private final transient Map<SessionImplementor, SessionRecorder> recorders =
      new ConcurrentHashMap<>();

  FlushListener(CommitHook hook) {
    this.hook = hook;
  }

  /** Returns the listener that the integrator has attached to {@code factory}. */
  @SuppressWarnings(
      "deprecation") // Hibernate warns of its slowness; its successor only fires events
  static FlushListener of(SessionFactoryImplementor factory) {
    for (PostInsertEventListener each :
        registry(factory).getEventListenerGroup(EventType.POST_INSERT).listeners()) {
      if (each instanceof FlushListener known) {
        return known;
      }
    }
    throw new IllegalStateException("Hibernate did not find the integrator of the library");
  }

  void attach(SessionFactoryImplementor factory) {
    EventListenerRegistry registry = registry(factory);
    registry.getEventListenerGroup(EventType.POST_INSERT).appendListener(this);
    registry.getEventListenerGroup(EventType.POST_UPDATE).appendListener(this);
    registry.getEventListenerGroup(EventType.POST_DELETE).appendListener(this);
    registry.getEventListenerGroup(EventType.PRE_COLLECTION_RECREATE).appendListener(this);
    registry.getEventListenerGroup(EventType.PRE_COLLECTION_UPDATE).appendListener(this);
    registry.getEventListenerGroup(EventType.PRE_COLLECTION_REMOVE).appendListener(this);
    new RequestListener(this::recorder).attach(factory);
  }

  private static EventListenerRegistry registry(SessionFactoryImplementor factory) {
    return factory.getServiceRegistry().requireService(EventListenerRegistry.class);
  }

  CommitHook hook() {
    return hook;
  }

  SessionRecorder recorder(SessionImplementor session) {
    return recorders.computeIfAbsent(session, this::newRecorder);
  }

  private SessionRecorder newRecorder(SessionImplementor session) {
    SessionRecorder recorder = new SessionRecorder(session, hook);
    session.addEventListeners(
        new BaseSessionEventListener() {
          private static final long serialVersionUID = 1L;

          @Override
          public void flushEnd(int entities, int collections) {
            recorder.flushed();
          }

          @Override
          public void partialFlushEnd(int entities, int collections) {
            recorder.flushed();
          }

          @Override
          public void transactionCompletion(boolean successful) {
            recorder.forget();
          }

          @Override
          public void end() {
            recorders.remove(session);
          }
        });
    return recorder;
  }

  @Override
  public void onPostInsert(PostInsertEvent event) {
    recorder(event.getSession()).persisted(event);
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    recorder(event.getSession()).updated(event);
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    recorder(event.getSession()).removed(event);
  }

  @Override
  public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
    recorder(event.getSession()).recreated(event);
  }

  @Override
  public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
    recorder(event.getSession()).updated(event);
  }

  @Override
  public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
    recorder(event.getSession()).removed(event);
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }
}

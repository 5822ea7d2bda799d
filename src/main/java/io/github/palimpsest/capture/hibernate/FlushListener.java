package io.github.palimpsest.capture.hibernate;

import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.capture.CommitHook;
import io.github.palimpsest.state.EntityModel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the flushes of all sessions of one factory write, and tells each session's recorder. A
 * collection is heard before it is written: afterwards its old content is gone. Safe for threads.
 *
 * <p>A {@code StatelessSession} fires the events of rows without a session, and none of its
 * collections: there is no commit to write at and no old state, so what it writes is not captured.
 */
final class FlushListener
    implements PostInsertEventListener,
        PostUpdateEventListener,
        PostDeleteEventListener,
        PostUpsertEventListener,
        PreCollectionRecreateEventListener,
        PreCollectionUpdateEventListener,
        PreCollectionRemoveEventListener {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(FlushListener.class.getName());

  private final transient CommitHook hook;
  private final transient Map<SessionImplementor, SessionRecorder> recorders =
      new ConcurrentHashMap<>();
  private final transient Set<String> warnedOf = ConcurrentHashMap.newKeySet();

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
    registry.getEventListenerGroup(EventType.POST_UPSERT).appendListener(this);
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
    captured(event.getSession(), event.getPersister(), recorder -> recorder.persisted(event));
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    captured(event.getSession(), event.getPersister(), recorder -> recorder.updated(event));
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    captured(event.getSession(), event.getPersister(), recorder -> recorder.removed(event));
  }

  /** Only a stateless session merges a row by one statement. */
  @Override
  public void onPostUpsert(PostUpsertEvent event) {
    notCaptured(event.getPersister());
  }

  private void captured(
      @Nullable SessionImplementor session,
      EntityPersister persister,
      Consumer<SessionRecorder> capture) {
    if (session == null) {
      notCaptured(persister);
    } else {
      capture.accept(recorder(session));
    }
  }

  private void notCaptured(EntityPersister persister) {
    hook.models()
        .of(persister.getMappedClass())
        .map(EntityModel::contentType)
        .filter(warnedOf::add)
        .ifPresent(
            contentType ->
                LOG.log(
                    WARNING,
                    "What a StatelessSession writes of {0} is not captured; only triggers see it",
                    contentType));
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

package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.capture.CommitHook;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changes of one session's transaction and hands them over before its completion: once
 * per transaction, after the last flush and its JDBC batches, on the same connection. For one
 * thread, as the session.
 */
public final class SessionRecorder {
  private final SessionImplementor session;
  private final CommitHook hook;
  private TransactionChanges changes;
  private final UnversionedCollections collections;
  private final Set<Object> inserted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Object> toBeRemoved = new ArrayList<>();
  private boolean isWatching;

  SessionRecorder(SessionImplementor session, CommitHook hook) {
    this.session = session;
    this.hook = hook;
    this.changes = hook.newChanges();
    this.collections = new UnversionedCollections(session);
  }

  /**
   * Hands the changes of the active transaction of {@code entities} to {@code work}; they are
   * written even if no entity changes.
   *
   * @throws IllegalStateException if no transaction is active
   */
  public static void record(EntityManager entities, Consumer<TransactionChanges> work) {
    SessionImplementor session = inTransaction(entities);
    SessionRecorder recorder = FlushListener.of(session.getFactory()).recorder(session);
    work.accept(recorder.changes);
    recorder.recorded();
  }

  /**
   * Returns the connection on which Hibernate writes in the active transaction of {@code entities}.
   *
   * @throws IllegalStateException if no transaction is active
   */
  public static Connection connection(EntityManager entities) {
    return connection(inTransaction(entities));
  }

  private static SessionImplementor inTransaction(EntityManager entities) {
    SessionImplementor session = entities.unwrap(SessionImplementor.class);
    if (!session.isTransactionInProgress()) {
      throw new IllegalStateException("no transaction is active");
    }
    return session;
  }

  /** Returns the audited entities of the persistence unit of {@code entities}. */
  public static EntityModels modelsOf(EntityManager entities) {
    return hook(entities.unwrap(SessionImplementor.class).getFactory()).models();
  }

  /** Returns the hook of a persistence unit. */
  public static CommitHook hook(SessionFactoryImplementor factory) {
    return FlushListener.of(factory).hook();
  }

  void persisted(PostInsertEvent event) {
    model(event.getPersister())
        .ifPresent(
            model -> {
              changes.persisted(model, event.getEntity());
              inserted.add(event.getEntity());
              recorded();
            });
  }

  void updated(PostUpdateEvent event) {
    model(event.getPersister())
        .ifPresent(
            model -> {
              String[] names = event.getPersister().getPropertyNames();
              changed(event)
                  .forEach(index -> updated(model, event, index, model.attribute(names[index])));
              recorded();
            });
  }

  private void updated(
      EntityModel model, PostUpdateEvent event, int index, Optional<Attribute> attribute) {
    attribute
        .filter(each -> !each.isStoredBesideTheRow())
        .ifPresent(
            each ->
                changes.updatedTo(
                    model,
                    event.getEntity(),
                    each,
                    OldValues.text(each, event.getOldState(), index),
                    event.getState()[index]));
  }

  /** Hibernate does not count the version among the dirty properties. */
  private static IntStream changed(PostUpdateEvent event) {
    EntityPersister persister = event.getPersister();
    int[] dirty = event.getDirtyProperties();
    IntStream indexes =
        dirty == null || event.getOldState() == null
            ? IntStream.range(0, persister.getPropertyNames().length)
                .filter(index -> OldValues.isKnown(event.getState(), index))
            : IntStream.of(dirty);
    return persister.isVersioned()
        ? IntStream.concat(indexes, IntStream.of(persister.getVersionProperty())).distinct()
        : indexes;
  }

  /** Nobody else sees a row before the transaction that inserted it has committed. */
  void flushed() {
    inserted.clear();
  }

  /**
   * Called when the application or a cascade removes it, maybe long before a flush. If no
   * transaction has begun, that waits until one has. What the session does not know is new and
   * needs no SQL, but for a session that is not JPA's: it deletes detached entities too.
   */
  void removing(Object requested) {
    Object entity = Hibernate.unproxy(requested);
    if (session.getFactory().getSessionFactoryOptions().isJpaBootstrap()
        && !session.getPersistenceContextInternal().isEntryFor(entity)) {
      return;
    }
    if (session.isTransactionInProgress()) {
      hook.models()
          .of(entity.getClass())
          .ifPresent(model -> hook.removing(this::connection, changes, model, entity));
    } else {
      toBeRemoved.add(entity);
    }
  }

  /**
   * Called before each flush. What Hibernate has to tidy up after the transaction was left by bulk
   * statements or SQL: they go past the entities, but triggers may see what they changed.
   */
  void flushing() {
    List<Object> removed = List.copyOf(toBeRemoved);
    toBeRemoved.clear();
    removed.forEach(this::removing);
    if (session.getActionQueue().hasAfterTransactionActions()) {
      changes.ranStatement();
      watch();
    }
  }

  void removed(PostDeleteEvent event) {
    model(event.getPersister())
        .ifPresent(
            model -> {
              changes.removed(model, event.getEntity());
              recorded();
            });
  }

  /** What was there before, if anything, has been heard of as removed. */
  void recreated(PreCollectionRecreateEvent event) {
    collection(event, entry(event).getCurrentPersister(), false);
  }

  void updated(PreCollectionUpdateEvent event) {
    if (event.getCollection().wasInitialized()) {
      collection(event, entry(event).getCurrentPersister(), true);
    }
  }

  void removed(PreCollectionRemoveEvent event) {
    if (event.getCollection() != null) {
      collection(event, entry(event).getLoadedPersister(), true);
    }
  }

  private CollectionEntry entry(AbstractCollectionEvent event) {
    return session.getPersistenceContextInternal().getCollectionEntry(event.getCollection());
  }

  private void collection(
      AbstractCollectionEvent event, CollectionPersister persister, boolean existed) {
    Object owner = event.getAffectedOwnerOrNull();
    EntityEntry entry =
        owner == null ? null : session.getPersistenceContextInternal().getEntry(owner);
    if (owner == null || entry == null || entry.getStatus().isDeletedOrGone()) {
      return;
    }
    model(entry.getPersister())
        .ifPresent(
            model ->
                model
                    .attribute(attributeName(persister))
                    .ifPresent(
                        attribute -> {
                          changes.updated(
                              model, owner, attribute, before(attribute, event, existed));
                          if (!inserted.contains(owner)) {
                            collections.add(entry.getPersister(), model, owner, attribute);
                          }
                          recorded();
                        }));
  }

  private static @Nullable String before(
      Attribute attribute, AbstractCollectionEvent event, boolean existed) {
    PersistentCollection<?> collection = event.getCollection();
    if (existed) {
      return OldValues.text(attribute, collection);
    }
    return attribute.isStoredBesideTheRow() ? attribute.textOf(null) : null;
  }

  /** The role is the owner's name and the path from there, which may lead through embeddables. */
  private static String attributeName(CollectionPersister persister) {
    String owner = persister.getOwnerEntityPersister().getEntityName();
    String path = persister.getRole().substring(owner.length() + 1);
    int end = path.indexOf('.');
    return end < 0 ? path : path.substring(0, end);
  }

  private Optional<EntityModel> model(EntityPersister persister) {
    return hook.models().of(persister.getMappedClass());
  }

  private void recorded() {
    watch();
    hook.keepSmall(this::connection, changes);
  }

  private void watch() {
    if (!isWatching) {
      isWatching = true;
      session.getActionQueue().registerProcess(completing -> write());
    }
  }

  /** A process that runs after this one may flush again: what it changes is written by another. */
  private void write() {
    isWatching = false;
    collections.reread(connection(), changes);
    changes = hook.beforeCommit(connection(), changes);
  }

  /** The transaction has ended. */
  void forget() {
    isWatching = false;
    toBeRemoved.clear();
    changes.clear();
    collections.clear();
    inserted.clear();
  }

  private Connection connection() {
    return connection(session);
  }

  private static Connection connection(SessionImplementor session) {
    return session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
  }
}

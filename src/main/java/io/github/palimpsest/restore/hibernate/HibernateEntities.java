package io.github.palimpsest.restore.hibernate;

import io.github.palimpsest.capture.hibernate.SessionRecorder;
import io.github.palimpsest.restore.CollectionAttributes;
import io.github.palimpsest.restore.ManagedEntities;
import io.github.palimpsest.restore.NewEntity;
import io.github.palimpsest.restore.Referrer;
import io.github.palimpsest.restore.Referrers;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.id.Assigned;
import org.hibernate.jpa.event.spi.CallbackRegistry;
import org.hibernate.jpa.event.spi.CallbackType;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.jspecify.annotations.Nullable;

/** Live entities of a Hibernate persistence unit. For the thread of the transaction. */
public final class HibernateEntities extends ManagedEntities {
  /** Creates the view of {@code entities}, which are joined to a transaction when it is used. */
  public HibernateEntities(EntityManager entities) {
    super(entities, Hibernate::unproxy);
  }

  @Override
  public EntityModels models() {
    return SessionRecorder.modelsOf(entities);
  }

  /**
   * Reads twice: where the row is joined with others, Hibernate locks it only after it was read.
   */
  @Override
  public Optional<Object> find(EntityModel model, String objectId) {
    Object key = model.identifier().primaryKey(objectId);
    Object found = locked(model.entityClass(), key);
    if (found != null) {
      entities.refresh(found, FROM_DATABASE);
    }
    return Optional.ofNullable(found);
  }

  private @Nullable Object locked(Class<?> entityClass, Object key) {
    Object managed = managed(entityClass, key);
    if (isUnion(entityClass)) {
      return lockedByRow(managed == null ? found(entityClass, key) : managed);
    }
    if (managed != null) {
      entities.refresh(managed, LockModeType.PESSIMISTIC_WRITE, FROM_DATABASE);
      return managed;
    }
    return Hibernate.unproxy(
        entities.find(entityClass, key, LockModeType.PESSIMISTIC_WRITE, FROM_DATABASE));
  }

  /** PostgreSQL locks no row of a union, as which Hibernate reads one table per class. */
  private boolean isUnion(Class<?> entityClass) {
    return persister(entityClass) instanceof UnionSubclassEntityPersister union
        && union.hasSubclasses();
  }

  private @Nullable Object found(Class<?> entityClass, Object key) {
    return Hibernate.unproxy(entities.find(entityClass, key, FROM_DATABASE));
  }

  private @Nullable Object lockedByRow(@Nullable Object entity) {
    if (entity != null) {
      new RowLock(session(), persister(entity.getClass())).lock(entity);
    }
    return entity;
  }

  /** Joined rows are locked after they were read. */
  @Override
  protected boolean isLockedAtOnce(EntityModel model) {
    return persister(model.entityClass()).getQuerySpaces().length == 1;
  }

  @Override
  protected boolean isManaged(EntityModel model, Object key) {
    SessionImplementor session = session();
    return session
        .getPersistenceContextInternal()
        .containsEntity(session.generateEntityKey(key, persister(model.entityClass())));
  }

  /** A lazy attribute is read when the plan compares it. */
  @Override
  protected Object whole(Object entity) {
    return entity;
  }

  @Override
  protected void missing(EntityModel model, Object key) {
    entities.getEntityManagerFactory().getCache().evict(model.entityClass(), key);
  }

  @Override
  protected Optional<Object> reference(Class<?> entityClass, Object key) {
    Object managed = managed(entityClass, key);
    return Optional.ofNullable(
        managed == null ? entities.find(entityClass, key, FROM_DATABASE) : managed);
  }

  /**
   * Returns what the persistence context holds for a row that exists; whatever it and the cache
   * hold for a row that somebody removed behind them is dropped.
   */
  private @Nullable Object managed(Class<?> entityClass, Object key) {
    SessionImplementor session = session();
    EntityPersister persister = persister(entityClass);
    if (persister.getIdentifierMapping() instanceof NonAggregatedIdentifierMapping parts
        && parts.getIdClassEmbeddable() == null
        && !entityClass.isInstance(key)) {
      // Its key is another entity's, by which the persistence context does not know it.
      return null;
    }
    Object managed =
        session
            .getPersistenceContextInternal()
            .getEntity(session.generateEntityKey(key, persister));
    if (managed == null || persister.getDatabaseSnapshot(key, session) != null) {
      return managed;
    }
    entities.detach(managed);
    entities.getEntityManagerFactory().getCache().evict(entityClass, key);
    return null;
  }

  @Override
  public void change(EntityModel model, Object entity, Collection<String> names, Object wanted) {
    for (String name : names) {
      Attribute attribute = model.attribute(name).orElseThrow();
      set(attribute, entity, attribute.accessor().get(wanted));
    }
  }

  private static void set(Attribute attribute, Object entity, @Nullable Object value) {
    if (!CollectionAttributes.refill(attribute.accessor().get(entity), value)) {
      attribute.accessor().set(entity, value);
      if (entity instanceof SelfDirtinessTracker enhanced) {
        enhanced.$$_hibernate_trackChange(attribute.name());
      }
    }
  }

  /**
   * {@code persist} takes an entity with an id of its own choice and no version; one with a preset
   * generated id or version it takes for detached. It inserts what callbacks leave.
   */
  @Override
  public List<Object> create(EntityModel model, List<NewEntity> wanted) {
    EntityPersister persister = persister(model.entityClass());
    if (persister.getGenerator() instanceof Assigned
        && !persister.isVersioned()
        && !callbacks().hasRegisteredCallbacks(model.entityClass(), CallbackType.PRE_PERSIST)) {
      return persisted(model, wanted);
    }
    return inserted(model, wanted);
  }

  private List<Object> inserted(EntityModel model, List<NewEntity> wanted) {
    EntityPersister persister = persister(model.entityClass());
    RowInsert insert = new RowInsert(session(), persister);
    return inserted(
        model,
        wanted,
        each -> {
          each.calledBack(model, () -> callbacks().preCreate(each.copy()));
          beforeInsert(persister, each.copy());
          insert.insert(each.copy());
        },
        (key, entity) -> {
          SessionRecorder.record(entities, changes -> changes.persisted(model, entity));
          if (key instanceof Number number) {
            created(new IdGenerator(persister), number.longValue());
          }
        });
  }

  private CallbackRegistry callbacks() {
    return session().getFactory().getEventEngine().getCallbackRegistry();
  }

  /** The listeners that Hibernate would have called, Bean Validation's too. */
  private void beforeInsert(EntityPersister persister, Object entity) {
    PreInsertEvent event =
        new PreInsertEvent(
            entity,
            persister.getIdentifier(entity, session()),
            persister.getValues(entity),
            persister,
            session().asEventSource());
    session()
        .getFactory()
        .getEventEngine()
        .getListenerRegistry()
        .getEventListenerGroup(EventType.PRE_INSERT)
        .fireEventOnEachListener(event, PreInsertEventListener::onPreInsert);
  }

  @Override
  public boolean isRequired(EntityModel model, String attribute) {
    EntityPersister persister = persister(model.entityClass());
    int index = List.of(persister.getPropertyNames()).indexOf(attribute);
    return index < 0 || !persister.getPropertyNullability()[index];
  }

  @Override
  public Set<Referrer> referrers(Object entity) {
    return new Referrers(entities, models(), Hibernate::unproxy).of(entity);
  }

  @Override
  public void reason(String reason) {
    SessionRecorder.record(entities, changes -> changes.reason(reason));
  }

  @Override
  public void undid(long transaction) {
    SessionRecorder.record(entities, changes -> changes.undid(transaction));
  }

  @Override
  protected Collection<Object> parts(Object entity) {
    return new Parts(session()).of(entity);
  }

  @Override
  public void evictAtCommit() {
    session()
        .getActionQueue()
        .registerProcess(
            (isCommitted, session) -> session.getFactory().getCache().evictAllRegions());
  }

  private EntityPersister persister(Class<?> entityClass) {
    return session().getFactory().getMappingMetamodel().getEntityDescriptor(entityClass);
  }

  private SessionImplementor session() {
    return entities.unwrap(SessionImplementor.class);
  }
}

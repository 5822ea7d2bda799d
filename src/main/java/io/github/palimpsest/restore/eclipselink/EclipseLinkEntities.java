package io.github.palimpsest.restore.eclipselink;

import io.github.palimpsest.capture.eclipselink.UnitOfWorkRecorder;
import io.github.palimpsest.restore.CollectionAttributes;
import io.github.palimpsest.restore.ManagedEntities;
import io.github.palimpsest.restore.NewEntity;
import io.github.palimpsest.restore.Referrer;
import io.github.palimpsest.restore.Referrers;
import io.github.palimpsest.state.Accessor;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.beans.PropertyChangeEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.DescriptorEvent;
import org.eclipse.persistence.descriptors.DescriptorEventManager;
import org.eclipse.persistence.descriptors.changetracking.ChangeTracker;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.queries.FetchGroupTracker;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.jspecify.annotations.Nullable;

/** Live entities of an EclipseLink persistence unit. For the thread of the transaction. */
public final class EclipseLinkEntities extends ManagedEntities {
  /** Creates the view of {@code entities}, which are joined to a transaction when it is used. */
  public EclipseLinkEntities(EntityManager entities) {
    super(entities, UnaryOperator.identity());
  }

  @Override
  public EntityModels models() {
    return EclipseLinkModels.of(entities.unwrap(ServerSession.class));
  }

  @Override
  public Optional<Object> find(EntityModel model, String objectId) {
    Object key = model.identifier().primaryKey(objectId);
    Object found =
        entities.find(model.entityClass(), key, LockModeType.PESSIMISTIC_WRITE, FROM_DATABASE);
    if (found == null) {
      missing(model, key);
    }
    return Optional.ofNullable(found).map(this::whole);
  }

  /** A lazy attribute that is set before it was read would be read over what was set. */
  @Override
  protected Object whole(Object entity) {
    EmbeddableKeys.forget(unitOfWork(), entity);
    if (entity instanceof FetchGroupTracker lazy && lazy._persistence_getFetchGroup() != null) {
      lazy._persistence_getFetchGroup().onUnfetchedAttribute(lazy, null);
    }
    return entity;
  }

  /** The shared cache must not go on showing a row that somebody removed behind it. */
  @Override
  protected void missing(EntityModel model, Object key) {
    entities.getEntityManagerFactory().getCache().evict(model.entityClass(), key);
  }

  /** Where rows are joined, or kept by several classes, EclipseLink asks in several steps. */
  @Override
  protected boolean isLockedAtOnce(EntityModel model) {
    ClassDescriptor descriptor = descriptor(model);
    return descriptor.getTables().size() == 1
        && !(descriptor.hasInheritance() && descriptor.getInheritancePolicy().hasChildren());
  }

  /** A query that locks reads anew what is managed. */
  @Override
  protected boolean isManaged(EntityModel model, Object key) {
    return false;
  }

  @Override
  protected Optional<Object> reference(Class<?> entityClass, Object key) {
    return Optional.ofNullable(entities.find(entityClass, key, FROM_DATABASE));
  }

  @Override
  public void change(EntityModel model, Object entity, Collection<String> names, Object wanted) {
    ClassDescriptor descriptor = descriptor(model);
    empty(model, entity, names, wanted);
    for (String name : names) {
      Accessor accessor = model.attribute(name).orElseThrow().accessor();
      set(
          descriptor.getMappingForAttributeName(name),
          entity,
          accessor.get(entity),
          accessor.get(wanted));
    }
  }

  /** One flush could not make another of a collection with equal rows: it begins empty. */
  private void empty(EntityModel model, Object entity, Collection<String> names, Object wanted) {
    ClassDescriptor descriptor = descriptor(model);
    List<Attribute> equal =
        names.stream()
            .map(name -> model.attribute(name).orElseThrow())
            .filter(
                attribute ->
                    EqualRows.are(
                        descriptor.getMappingForAttributeName(attribute.name()),
                        attribute,
                        entity,
                        wanted))
            .toList();
    equal.forEach(attribute -> CollectionAttributes.empty(attribute.accessor().get(entity)));
    if (!equal.isEmpty()) {
      entities.flush();
    }
  }

  @Override
  public List<Object> create(EntityModel model, List<NewEntity> wanted) {
    ClassDescriptor descriptor = descriptor(model);
    IdGenerator generator = new IdGenerator(descriptor, entities.unwrap(ServerSession.class));
    List<Object> created =
        generator.isIdentityColumn() ? inserted(model, wanted) : persisted(model, wanted);
    created.forEach(each -> generator.id(each).ifPresent(id -> created(generator, id)));
    return created;
  }

  private List<Object> inserted(EntityModel model, List<NewEntity> wanted) {
    ClassDescriptor descriptor = descriptor(model);
    IdentityInsert insert = new IdentityInsert(entities, unitOfWork(), descriptor);
    return inserted(
        model,
        wanted,
        each -> {
          each.calledBack(model, () -> beforePersist(descriptor, each.copy()));
          insert.insert(each.copy());
        },
        (key, entity) ->
            UnitOfWorkRecorder.record(entities, changes -> changes.persisted(model, entity)));
  }

  @Override
  public void reason(String reason) {
    UnitOfWorkRecorder.record(entities, changes -> changes.reason(reason));
  }

  @Override
  public void undid(long transaction) {
    UnitOfWorkRecorder.record(entities, changes -> changes.undid(transaction));
  }

  /** What {@code persist} would have run: callbacks of the entity and Bean Validation. */
  private void beforePersist(ClassDescriptor descriptor, Object entity) {
    DescriptorEvent event = new DescriptorEvent(entity);
    event.setEventCode(DescriptorEventManager.PrePersistEvent);
    event.setSession(unitOfWork());
    event.setDescriptor(descriptor);
    descriptor.getEventManager().executeEvent(event);
  }

  @Override
  public boolean isRequired(EntityModel model, String attribute) {
    DatabaseMapping mapping = descriptor(model).getMappingForAttributeName(attribute);
    return !mapping.isOptional()
        || mapping.isPrimaryKeyMapping()
        || (mapping instanceof OneToOneMapping one
            && one.getForeignKeyFields().stream().anyMatch(field -> !field.isNullable()));
  }

  @Override
  public Set<Referrer> referrers(Object entity) {
    return new Referrers(entities, models(), each -> each).of(entity);
  }

  @Override
  protected Collection<Object> parts(Object entity) {
    return new Parts(unitOfWork()).of(entity);
  }

  /** Its events come from the session that the unit of work commits to. */
  @Override
  public void evictAtCommit() {
    AbstractSession client = unitOfWork().getParent();
    client
        .getEventManager()
        .addListener(
            new SessionEventAdapter() {
              @Override
              public void postMergeUnitOfWorkChangeSet(SessionEvent event) {
                client.getParent().getIdentityMapAccessor().invalidateAll();
              }
            });
  }

  private static void set(
      DatabaseMapping mapping, Object entity, @Nullable Object old, @Nullable Object value) {
    if (!CollectionAttributes.refill(old, value)) {
      mapping.setRealAttributeValueInObject(entity, value);
      if (entity instanceof ChangeTracker tracker
          && tracker._persistence_getPropertyChangeListener() != null) {
        tracker
            ._persistence_getPropertyChangeListener()
            .propertyChange(
                new PropertyChangeEvent(entity, mapping.getAttributeName(), old, value));
      }
    }
  }

  private ClassDescriptor descriptor(EntityModel model) {
    return unitOfWork().getClassDescriptor(model.entityClass());
  }

  private UnitOfWorkImpl unitOfWork() {
    return (UnitOfWorkImpl) entities.unwrap(UnitOfWork.class);
  }
}

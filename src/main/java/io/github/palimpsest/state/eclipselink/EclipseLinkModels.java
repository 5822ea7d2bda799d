package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.AuditedEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Identifier;
import io.github.palimpsest.state.Inverse;
import io.github.palimpsest.state.MaskedCodec;
import io.github.palimpsest.state.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.VersionLockingPolicy;
import org.eclipse.persistence.internal.sessions.AbstractRecord;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DatabaseMapping.WriteType;
import org.eclipse.persistence.mappings.ForeignReferenceMapping;
import org.eclipse.persistence.mappings.OneToManyMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.sessions.DatabaseRecord;
import org.eclipse.persistence.sessions.Session;

/** The entity models of one EclipseLink session, built once. Safe for threads. */
public final class EclipseLinkModels {
  private static final String PROPERTY = EclipseLinkModels.class.getName();

  private final AbstractSession session;
  private final Map<Class<?>, Identifier> identifiers = new ConcurrentHashMap<>();
  private final MappingCodecs codecs;
  private final EntityModels models;

  private EclipseLinkModels(AbstractSession session) {
    this.session = session;
    this.codecs = new MappingCodecs(session, this::attributes, this::identifier);
    Set<Class<?>> audited = AuditedEntities.among(entities(session), session::getProperty);
    session.getDescriptors().values().forEach(descriptor -> deleteOneByOne(descriptor, audited));
    this.models =
        new EntityModels(
            audited.stream().map(session::getClassDescriptor).map(this::model).toList(),
            this::stub,
            this::inverses);
  }

  /**
   * Returns the models of a persistence unit.
   *
   * @param serverSession the session that all its EntityManagers share
   * @throws IllegalArgumentException if an audited attribute has a mapping that cannot be kept, or
   *     the unit's list of audited entities names what it does not have
   */
  public static EntityModels of(Session serverSession) {
    synchronized (serverSession) {
      if (serverSession.getProperty(PROPERTY) instanceof EclipseLinkModels known) {
        return known.models;
      }
      EclipseLinkModels built = new EclipseLinkModels((AbstractSession) serverSession);
      serverSession.setProperty(PROPERTY, built);
      return built.models;
    }
  }

  /** Returns the entity classes of a persistence unit, audited or not, and their entity names. */
  public static Map<Class<?>, String> entities(Session serverSession) {
    Map<Class<?>, String> entities = new HashMap<>();
    for (ClassDescriptor descriptor : serverSession.getDescriptors().values()) {
      if (!descriptor.isAggregateDescriptor() && !descriptor.isAggregateCollectionDescriptor()) {
        entities.put(descriptor.getJavaClass(), descriptor.getAlias());
      }
    }
    return entities;
  }

  /**
   * Private parts of a removed entity would be deleted by one statement that no listener hears of
   * (ADR 0020).
   */
  private static void deleteOneByOne(ClassDescriptor descriptor, Set<Class<?>> audited) {
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      if (mapping instanceof OneToManyMapping many
          && hasAudited(many.getReferenceDescriptor(), audited)) {
        many.setMustDeleteReferenceObjectsOneByOne(true);
      }
    }
  }

  private static boolean hasAudited(ClassDescriptor descriptor, Set<Class<?>> audited) {
    return audited.contains(descriptor.getJavaClass())
        || Subclasses.of(descriptor).stream()
            .anyMatch(each -> audited.contains(each.getJavaClass()));
  }

  private EntityModel model(ClassDescriptor descriptor) {
    Class<?> entityClass = descriptor.getJavaClass();
    return EntityModel.audited(
        entityClass,
        descriptor.getAlias(),
        identifier(entityClass),
        attributes(descriptor, false),
        instance(descriptor));
  }

  /** Returns the attributes of an entity, an embeddable, or an embeddable that is an id. */
  private List<Attribute> attributes(ClassDescriptor descriptor, boolean isId) {
    List<Attribute> attributes = new ArrayList<>();
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      Member member = Member.of(descriptor.getJavaClass(), mapping.getAttributeName());
      if (!member.isNotAudited() && MappingCodecs.isPartOf(mapping, isId)) {
        attributes.add(attribute(descriptor, mapping, isId));
      }
    }
    attributes.sort(Comparator.comparing(Attribute::name));
    return attributes;
  }

  /** Columns of an id are written, if not by this mapping then by a relation. */
  private Attribute attribute(ClassDescriptor descriptor, DatabaseMapping mapping, boolean isId) {
    return new Attribute(
        mapping.getAttributeName(),
        MaskedCodec.of(
            codecs.of(mapping, descriptor),
            Member.of(descriptor.getJavaClass(), mapping.getAttributeName()),
            descriptor.getJavaClass(),
            mapping.getAttributeName(),
            session.getProperty(MaskedCodec.keyProperty())),
        new MappingAccessor(mapping, session),
        descriptor.getOptimisticLockingPolicy() instanceof VersionLockingPolicy policy
            && policy.getVersionMapping() == mapping,
        isId || isWritten(mapping, WriteType.INSERT),
        isId || isWritten(mapping, WriteType.UPDATE));
  }

  /** The mapping knows; its field may be shared with a read-only mapping of the same column. */
  private boolean isWritten(DatabaseMapping mapping, WriteType type) {
    AbstractRecord row = new DatabaseRecord();
    if (mapping instanceof AbstractDirectMapping && type == WriteType.INSERT) {
      mapping.writeInsertFieldsIntoRow(row, session);
    } else if (mapping instanceof AbstractDirectMapping) {
      mapping.writeUpdateFieldsIntoRow(row, session);
    } else if (mapping instanceof OneToOneMapping reference
        && reference.isForeignKeyRelationship()
        && !reference.isPrimaryKeyMapping()
        && !reference.derivesId()
        && !Modifier.isAbstract(mapping.getDescriptor().getJavaClass().getModifiers())) {
      reference.writeFromObjectIntoRow(
          mapping.getDescriptor().getObjectBuilder().buildNewInstance(), row, session, type);
    } else {
      return true;
    }
    return !row.isEmpty();
  }

  private List<Inverse> inverses(Class<?> entityClass) {
    List<Inverse> inverses = new ArrayList<>();
    for (DatabaseMapping mapping : session.getClassDescriptor(entityClass).getMappings()) {
      Member member = Member.of(entityClass, String.valueOf(mapping.getAttributeName()));
      if (mapping instanceof ForeignReferenceMapping relation && !member.isNotAudited()) {
        mappedBy(relation, member)
            .map(
                owning ->
                    new Inverse(
                        relation.getAttributeName(),
                        new MappingAccessor(relation, session),
                        relation.getReferenceDescriptor().getJavaClass(),
                        owning,
                        member))
            .ifPresent(inverses::add);
      }
    }
    return inverses;
  }

  /** EclipseLink remembers it of one-to-many relations only. */
  private static Optional<String> mappedBy(ForeignReferenceMapping relation, Member member) {
    return Optional.ofNullable(relation.getMappedBy()).or(member::mappedBy);
  }

  private Identifier identifier(Class<?> entityClass) {
    Identifier known = identifiers.get(entityClass);
    if (known != null) {
      return known;
    }
    ClassDescriptor descriptor = session.getClassDescriptor(entityClass);
    List<Attribute> attributes =
        KeyMappings.of(descriptor).stream()
            .map(mapping -> attribute(descriptor, mapping, true))
            .sorted(Comparator.comparing(Attribute::name))
            .toList();
    Identifier identifier =
        new Identifier(
            entityClass, attributes, keyClass(descriptor), descriptor.usesSequenceNumbers());
    identifiers.put(entityClass, identifier);
    return identifier;
  }

  private Object stub(Class<?> entityClass, Object primaryKey) {
    Object stub = session.getClassDescriptor(entityClass).getObjectBuilder().buildNewInstance();
    identifier(entityClass).assign(stub, primaryKey, this::stub);
    return stub;
  }

  private static Class<?> keyClass(ClassDescriptor descriptor) {
    return KeyMappings.keyClass(descriptor)
        .or(
            () ->
                Optional.ofNullable(KeyMappings.of(descriptor).get(0).getAttributeClassification()))
        .orElse(Object.class);
  }

  private static Supplier<Object> instance(ClassDescriptor descriptor) {
    return () -> descriptor.getObjectBuilder().buildNewInstance();
  }
}

package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.AuditedEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Identifier;
import io.github.palimpsest.state.MaskedCodec;
import io.github.palimpsest.state.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.VersionLockingPolicy;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.DatabaseMapping;
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
    this.models =
        new EntityModels(
            AuditedEntities.among(entities(session), session::getProperty).stream()
                .map(session::getClassDescriptor)
                .map(this::model)
                .toList(),
            this::stub);
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

  private EntityModel model(ClassDescriptor descriptor) {
    Class<?> entityClass = descriptor.getJavaClass();
    return EntityModel.audited(
        entityClass,
        descriptor.getAlias(),
        identifier(entityClass),
        attributes(descriptor, session),
        instance(descriptor));
  }

  private List<Attribute> attributes(ClassDescriptor descriptor, AbstractSession session) {
    List<Attribute> attributes = new ArrayList<>();
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      Member member = Member.of(descriptor.getJavaClass(), mapping.getAttributeName());
      if (!member.isNotAudited() && MappingCodecs.isStoredHere(mapping)) {
        attributes.add(attribute(descriptor, mapping, member));
      }
    }
    attributes.sort(Comparator.comparing(Attribute::name));
    return attributes;
  }

  private Attribute attribute(ClassDescriptor descriptor, DatabaseMapping mapping, Member member) {
    return new Attribute(
        mapping.getAttributeName(),
        MaskedCodec.of(
            codecs.of(mapping, member),
            member,
            descriptor.getJavaClass(),
            mapping.getAttributeName(),
            session.getProperty(MaskedCodec.keyProperty())),
        new MappingAccessor(mapping, session),
        descriptor.getOptimisticLockingPolicy() instanceof VersionLockingPolicy policy
            && policy.getVersionMapping() == mapping);
  }

  private Identifier identifier(Class<?> entityClass) {
    Identifier known = identifiers.get(entityClass);
    if (known != null) {
      return known;
    }
    ClassDescriptor descriptor = session.getClassDescriptor(entityClass);
    List<Attribute> attributes =
        descriptor.getObjectBuilder().getPrimaryKeyMappings().stream()
            .distinct()
            .map(
                mapping ->
                    attribute(
                        descriptor, mapping, Member.of(entityClass, mapping.getAttributeName())))
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
    identifier(entityClass).assign(stub, primaryKey);
    return stub;
  }

  private static Class<?> keyClass(ClassDescriptor descriptor) {
    if (descriptor.hasCMPPolicy() && descriptor.getCMPPolicy().getPKClass() != null) {
      return descriptor.getCMPPolicy().getPKClass();
    }
    Class<?> type =
        descriptor.getObjectBuilder().getPrimaryKeyMappings().get(0).getAttributeClassification();
    return type == null ? Object.class : type;
  }

  private static Supplier<Object> instance(ClassDescriptor descriptor) {
    return () -> descriptor.getObjectBuilder().buildNewInstance();
  }
}

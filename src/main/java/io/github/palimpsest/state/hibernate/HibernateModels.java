package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.AuditedEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Identifier;
import io.github.palimpsest.state.Inverse;
import io.github.palimpsest.state.MaskedCodec;
import io.github.palimpsest.state.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.id.Assigned;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.EntityVersionMapping;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.SingleAttributeIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Makes the entity models of one Hibernate session factory. Safe for threads. */
public final class HibernateModels {
  private final SessionFactoryImplementor factory;
  private final Map<Class<?>, Identifier> identifiers = new ConcurrentHashMap<>();
  private final MappingCodecs codecs;

  private HibernateModels(SessionFactoryImplementor factory) {
    this.factory = factory;
    this.codecs = new MappingCodecs(factory, this::attributes, this::identifier);
  }

  /**
   * Returns the models of a persistence unit; they are built anew by each call.
   *
   * @throws IllegalArgumentException if an audited attribute has a mapping that cannot be kept, or
   *     the unit's list of audited entities names what it does not have
   */
  public static EntityModels of(SessionFactory factory) {
    HibernateModels models = new HibernateModels(factory.unwrap(SessionFactoryImplementor.class));
    return new EntityModels(models.audited(), models::stub, models::inverses);
  }

  /** Returns the entity classes of a persistence unit, audited or not, and their entity names. */
  public static Map<Class<?>, String> entities(SessionFactoryImplementor factory) {
    Map<Class<?>, String> entities = new HashMap<>();
    factory
        .getMappingMetamodel()
        .streamEntityDescriptors()
        .map(EntityPersister::getMappedClass)
        .forEach(each -> entities.put(each, factory.getJpaMetamodel().entity(each).getName()));
    return entities;
  }

  private List<EntityModel> audited() {
    return AuditedEntities.among(entities(factory), factory.getProperties()::get).stream()
        .map(this::persister)
        .map(this::model)
        .toList();
  }

  private EntityModel model(EntityPersister persister) {
    Class<?> entityClass = persister.getMappedClass();
    Identifier identifier = identifier(entityClass);
    List<Attribute> attributes = new ArrayList<>(idAttributes(persister));
    attributes.removeIf(id -> Member.of(entityClass, id.name()).isNotAudited());
    attributes.addAll(attributes(persister));
    attributes.sort(Comparator.comparing(Attribute::name));
    return EntityModel.audited(
        entityClass,
        factory.getJpaMetamodel().entity(entityClass).getName(),
        identifier,
        attributes,
        () -> instance(persister));
  }

  /** Returns the audited attributes of an entity, without its id, or of an embeddable. */
  private List<Attribute> attributes(ManagedMappingType type) {
    List<Attribute> attributes = new ArrayList<>();
    type.getAttributeMappings()
        .forEach(
            mapping -> {
              Class<?> owner = EmbeddableSubclasses.owner(type, mapping);
              Member member = Member.of(owner, mapping.getAttributeName());
              if (MappingCodecs.isPartOf(mapping, owner)) {
                attributes.add(
                    new Attribute(
                        mapping.getAttributeName(),
                        MaskedCodec.of(
                            codecs.of(mapping, owner, member),
                            member,
                            owner,
                            mapping.getAttributeName(),
                            factory.getProperties().get(MaskedCodec.keyProperty())),
                        new PropertyAccessor(
                            mapping.getAttributeName(), mapping.getPropertyAccess()),
                        isVersion(type, mapping),
                        codecs.isInsertable(mapping, member),
                        codecs.isUpdatable(mapping, member)));
              }
            });
    attributes.sort(Comparator.comparing(Attribute::name));
    return attributes;
  }

  private static boolean isVersion(ManagedMappingType type, AttributeMapping mapping) {
    EntityVersionMapping version =
        type instanceof EntityPersister persister ? persister.getVersionMapping() : null;
    return version != null
        && version.getVersionAttribute().getAttributeName().equals(mapping.getAttributeName());
  }

  private List<Inverse> inverses(Class<?> entityClass) {
    List<Inverse> inverses = new ArrayList<>();
    persister(entityClass)
        .getAttributeMappings()
        .forEach(
            mapping -> {
              Member member = Member.of(entityClass, mapping.getAttributeName());
              if (!member.isNotAudited()) {
                inverse(mapping, member).ifPresent(inverses::add);
              }
            });
    return inverses;
  }

  private static Optional<Inverse> inverse(AttributeMapping mapping, Member member) {
    String name = mapping.getAttributeName();
    PropertyAccessor accessor = new PropertyAccessor(name, mapping.getPropertyAccess());
    if (mapping instanceof PluralAttributeMapping many
        && many.getCollectionDescriptor().isInverse()
        && many.getCollectionDescriptor().getMappedByProperty() != null
        && many.getElementDescriptor() instanceof EntityValuedModelPart element) {
      return Optional.of(
          new Inverse(
              name,
              accessor,
              element.getEntityMappingType().getMappedJavaType().getJavaTypeClass(),
              many.getCollectionDescriptor().getMappedByProperty(),
              member));
    }
    return mapping instanceof ToOneAttributeMapping one
        ? member
            .mappedBy()
            .map(
                owning ->
                    new Inverse(
                        name,
                        accessor,
                        one.getEntityMappingType().getMappedJavaType().getJavaTypeClass(),
                        owning,
                        member))
        : Optional.empty();
  }

  private Identifier identifier(Class<?> entityClass) {
    Identifier known = identifiers.get(entityClass);
    if (known != null) {
      return known;
    }
    EntityPersister persister = persister(entityClass);
    Identifier identifier =
        new Identifier(
            entityClass,
            idAttributes(persister),
            keyClass(persister),
            !(persister.getGenerator() instanceof Assigned));
    identifiers.put(entityClass, identifier);
    return identifier;
  }

  private List<Attribute> idAttributes(EntityPersister persister) {
    EntityIdentifierMapping id = persister.getIdentifierMapping();
    if (id instanceof NonAggregatedIdentifierMapping parts) {
      List<Attribute> attributes = new ArrayList<>();
      parts
          .getVirtualIdEmbeddable()
          .getAttributeMappings()
          .forEach(part -> attributes.add(idPart(persister, part)));
      attributes.sort(Comparator.comparing(Attribute::name));
      return attributes;
    }
    if (id instanceof SingleAttributeIdentifierMapping single) {
      return List.of(
          new Attribute(
              single.getAttributeName(),
              codecs.ofId(single, persister.getMappedClass()),
              new IdAccessor(
                  single,
                  new PropertyAccessor(single.getAttributeName(), single.getPropertyAccess())),
              false,
              true,
              true));
    }
    throw Attribute.unsupported("id", persister.getMappedClass(), id.getClass().getSimpleName());
  }

  private Attribute idPart(EntityPersister persister, AttributeMapping part) {
    Class<?> owner = persister.getMappedClass();
    return new Attribute(
        part.getAttributeName(),
        codecs.of(part, owner, Member.of(owner, part.getAttributeName())),
        new IdPartAccessor(new PropertyAccessor(part.getAttributeName(), part.getPropertyAccess())),
        false,
        true,
        true);
  }

  private static Class<?> keyClass(EntityPersister persister) {
    EntityIdentifierMapping id = persister.getIdentifierMapping();
    if (id instanceof NonAggregatedIdentifierMapping parts) {
      return parts.getIdClassEmbeddable() == null
          ? persister.getMappedClass()
          : parts.getIdClassEmbeddable().getMappedJavaType().getJavaTypeClass();
    }
    return id.getJavaType().getJavaTypeClass();
  }

  private Object stub(Class<?> entityClass, Object primaryKey) {
    Object stub = instance(persister(entityClass));
    identifier(entityClass).assign(stub, primaryKey, this::stub);
    return stub;
  }

  private EntityPersister persister(Class<?> entityClass) {
    return factory.getMappingMetamodel().getEntityDescriptor(entityClass);
  }

  private Object instance(EntityPersister persister) {
    @Nullable Object made =
        persister.getRepresentationStrategy().getInstantiator().instantiate(factory);
    if (made == null) {
      throw new IllegalStateException("no instance of " + persister.getEntityName());
    }
    return made;
  }
}

package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.BasicCodecs;
import io.github.palimpsest.state.CollectionCodec;
import io.github.palimpsest.state.ConvertedCodec;
import io.github.palimpsest.state.EmbeddableCodec;
import io.github.palimpsest.state.Identifier;
import io.github.palimpsest.state.KeyedCodec;
import io.github.palimpsest.state.MapCodec;
import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.ReferenceCodec;
import io.github.palimpsest.state.SerializedCodec;
import io.github.palimpsest.state.ValueCodec;
import jakarta.persistence.MapKey;
import jakarta.persistence.MapsId;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.PluralAttribute.CollectionType;
import java.math.BigDecimal;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.VirtualModelPart;
import org.hibernate.metamodel.mapping.internal.SingleAttributeIdentifierMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.metamodel.spi.ValueAccess;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/** Chooses the codec of each kind of mapping. */
final class MappingCodecs {
  private final SessionFactoryImplementor factory;
  private final Function<ManagedMappingType, List<Attribute>> attributes;
  private final Function<Class<?>, Identifier> identifiers;

  MappingCodecs(
      SessionFactoryImplementor factory,
      Function<ManagedMappingType, List<Attribute>> attributes,
      Function<Class<?>, Identifier> identifiers) {
    this.factory = factory;
    this.attributes = attributes;
    this.identifiers = identifiers;
  }

  /** Returns whether the attribute belongs to this side: inverse and read-only ones do not. */
  boolean isStoredHere(AttributeMapping mapping, Member member) {
    if (mapping instanceof PluralAttributeMapping plural) {
      return !plural.getCollectionDescriptor().isInverse();
    }
    if (mapping instanceof ToOneAttributeMapping reference) {
      return reference.getSideNature() == ForeignKeyDescriptor.Nature.KEY
          && (reference.getAttributeMetadata().isInsertable()
              || reference.getAttributeMetadata().isUpdatable()
              || member.isAnnotated(MapsId.class));
    }
    if (mapping instanceof VirtualModelPart) {
      // Stands for the several id attributes, which are here themselves.
      return false;
    }
    return !(mapping instanceof BasicValuedModelPart column)
        || (!column.isFormula() && (column.isInsertable() || column.isUpdateable()));
  }

  boolean isInsertable(AttributeMapping mapping) {
    return !(mapping instanceof BasicValuedModelPart column) || column.isInsertable();
  }

  boolean isUpdatable(AttributeMapping mapping) {
    return !(mapping instanceof BasicValuedModelPart column) || column.isUpdateable();
  }

  ValueCodec of(AttributeMapping mapping, Class<?> owner, Member member) {
    if (mapping instanceof BasicValuedModelPart column) {
      return attribute(column, mapping.getPropertyAccess().getGetter().getReturnTypeClass(), owner);
    }
    if (mapping instanceof EmbeddableValuedModelPart embedded) {
      EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
      return embeddable(type, !type.isCreateEmptyCompositesEnabled());
    }
    if (mapping instanceof PluralAttributeMapping plural) {
      return plural(plural, owner, member);
    }
    if (mapping instanceof ToOneAttributeMapping reference) {
      return reference(reference.getEntityMappingType());
    }
    throw unsupported(mapping, owner);
  }

  ValueCodec ofId(SingleAttributeIdentifierMapping id, Class<?> owner) {
    return id instanceof EmbeddableValuedModelPart embedded
        ? embeddable(embedded.getEmbeddableTypeDescriptor(), false)
        : basic(id.getSingleJdbcMapping(), id.getJavaType().getJavaTypeClass(), owner);
  }

  private static ValueCodec attribute(
      BasicValuedModelPart column, Class<?> declared, Class<?> owner) {
    Integer precision = column.getPrecision();
    Integer scale = column.getScale();
    boolean isRounded = declared == BigDecimal.class && precision != null && precision > 0;
    return isRounded && column.getJdbcMapping().getValueConverter() == null
        ? BasicCodecs.decimal(scale == null ? 0 : scale)
        : basic(column.getJdbcMapping(), declared, owner);
  }

  private static ValueCodec basic(JdbcMapping column, Class<?> declared, Class<?> owner) {
    BasicValueConverter<?, ?> converter = column.getValueConverter();
    if (converter != null) {
      return converted(converter);
    }
    Class<?> type = column.getMappedJavaType().getJavaTypeClass();
    if (type == OffsetTime.class && isInUtc(column)) {
      return BasicCodecs.offsetTimeInUtc();
    }
    return BasicCodecs.of(declared, columnType(column))
        .or(() -> BasicCodecs.of(type))
        .orElseGet(() -> new SerializedCodec(owner, type));
  }

  private static boolean isInUtc(JdbcMapping column) {
    return column.getJdbcType().getDefaultSqlTypeCode() == SqlTypes.TIME_UTC;
  }

  /** What of a java.util.Date the column holds. */
  private static Class<?> columnType(JdbcMapping column) {
    return switch (column.getJdbcType().getDefaultSqlTypeCode()) {
      case SqlTypes.DATE -> java.sql.Date.class;
      case SqlTypes.TIME -> java.sql.Time.class;
      default -> Object.class;
    };
  }

  @SuppressWarnings("unchecked") // the values are those of the attribute that has this converter
  private static ValueCodec converted(BasicValueConverter<?, ?> converter) {
    BasicValueConverter<Object, Object> any = (BasicValueConverter<Object, Object>) converter;
    Class<?> type = any.getRelationalJavaType().getJavaTypeClass();
    ValueCodec column =
        BasicCodecs.of(type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no stored form for the column type %s of a converter".formatted(type)));
    return new ConvertedCodec(any::toRelationalValue, any::toDomainValue, column);
  }

  private ValueCodec plural(PluralAttributeMapping mapping, Class<?> owner, Member member) {
    CollectionClassification kind =
        mapping.getMappedType().getCollectionSemantics().getCollectionClassification();
    if (kind == CollectionClassification.ARRAY) {
      throw unsupported(mapping, owner);
    }
    if (kind.toJpaClassification() == CollectionType.MAP && member.isAnnotated(MapKey.class)) {
      return keyed(mapping, owner, member);
    }
    if (kind.toJpaClassification() == CollectionType.MAP) {
      CollectionPart key = mapping.getIndexDescriptor();
      return new MapCodec(
          part(key, member.argument(0), mapping, owner),
          part(mapping.getElementDescriptor(), member.argument(1), mapping, owner),
          key instanceof BasicValuedModelPart);
    }
    return new CollectionCodec(
        part(mapping.getElementDescriptor(), member.argument(0), mapping, owner),
        kind == CollectionClassification.LIST,
        CollectionCodec.emptyOf(member.container()));
  }

  private ValueCodec keyed(PluralAttributeMapping mapping, Class<?> owner, Member member) {
    EntityMappingType target =
        ((EntityValuedModelPart) mapping.getElementDescriptor()).getEntityMappingType();
    String name = member.annotation(MapKey.class).map(MapKey::name).orElse("");
    AttributeMapping key = name.isEmpty() ? null : target.findAttributeMapping(name);
    ValueCodec element = part(mapping.getElementDescriptor(), member.argument(1), mapping, owner);
    return new KeyedCodec(
        new CollectionCodec(element, false, ArrayList::new),
        value ->
            key == null
                ? target.getIdentifierMapping().getIdentifier(value)
                : new PropertyAccessor(name, key.getPropertyAccess())
                    .get(Hibernate.unproxy(value)));
  }

  private ValueCodec part(
      CollectionPart part,
      Optional<Class<?>> declared,
      PluralAttributeMapping mapping,
      Class<?> owner) {
    if (part instanceof BasicValuedModelPart column) {
      Class<?> type = column.getJavaType().getJavaTypeClass();
      return attribute(column, declared.orElse(type), owner);
    }
    if (part instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded.getEmbeddableTypeDescriptor(), false);
    }
    if (part instanceof EntityValuedModelPart reference) {
      return reference(reference.getEntityMappingType());
    }
    throw unsupported(mapping, owner);
  }

  private ValueCodec embeddable(EmbeddableMappingType type, boolean isNullWhenEmpty) {
    Class<?> embeddableClass = type.getMappedJavaType().getJavaTypeClass();
    if (type.isPolymorphic()) {
      throw new IllegalArgumentException(
          "%s is an embeddable whose history cannot be kept, one with subclasses"
              .formatted(embeddableClass.getName()));
    }
    List<Attribute> parts = attributes.apply(type);
    return embeddableClass.isRecord()
        ? new EmbeddableCodec(parts, values -> record(type, parts, values), isNullWhenEmpty)
        : EmbeddableCodec.of(parts, () -> instance(type, null), isNullWhenEmpty);
  }

  private Object record(
      EmbeddableMappingType type, List<Attribute> parts, List<@Nullable Object> values) {
    @Nullable Object[] all = new Object[type.getNumberOfAttributeMappings()];
    for (int i = 0; i < parts.size(); i++) {
      all[type.findAttributeMapping(parts.get(i).name()).getStateArrayPosition()] = values.get(i);
    }
    return instance(type, () -> all);
  }

  private Object instance(EmbeddableMappingType type, @Nullable ValueAccess values) {
    return type.getRepresentationStrategy().getInstantiator().instantiate(values, factory);
  }

  /** A proxy of a polymorphic reference is loaded: Hibernate does not know its class before. */
  private ValueCodec reference(EntityMappingType target) {
    return new ReferenceCodec(
        target.getMappedJavaType().getJavaTypeClass(),
        target.hasSubclasses(),
        Hibernate::getClass,
        identifiers,
        type -> factory.getJpaMetamodel().entity(type).getName(),
        this::entityClass);
  }

  private Class<?> entityClass(String name) {
    Set<EntityType<?>> types = factory.getJpaMetamodel().getEntities();
    for (EntityType<?> type : types) {
      if (type.getName().equals(name)) {
        return type.getJavaType();
      }
    }
    return ReferenceCodec.renamed(types.stream().map(EntityType::getJavaType), name);
  }

  private static IllegalArgumentException unsupported(AttributeMapping mapping, Class<?> owner) {
    return Attribute.unsupported(
        mapping.getAttributeName(), owner, mapping.getClass().getSimpleName());
  }
}

package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.ArrayCodec;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
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
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
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
  static boolean isStoredHere(AttributeMapping mapping, Member member) {
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

  /** Returns whether the attribute of an entity or embeddable is recorded. */
  static boolean isPartOf(AttributeMapping mapping, Class<?> owner) {
    Member member = Member.of(owner, mapping.getAttributeName());
    return !member.isNotAudited() && isStoredHere(mapping, member);
  }

  /** Returns the recorded attributes of an embeddable. */
  static List<AttributeMapping> parts(EmbeddableMappingType type) {
    List<AttributeMapping> parts = new ArrayList<>();
    type.getAttributeMappings()
        .forEach(
            part -> {
              if (isPartOf(part, EmbeddableSubclasses.owner(type, part))) {
                parts.add(part);
              }
            });
    return parts;
  }

  boolean isInsertable(AttributeMapping mapping, Member member) {
    return mapping instanceof BasicValuedModelPart column
        ? column.isInsertable()
        : !isReference(mapping, member) || mapping.getAttributeMetadata().isInsertable();
  }

  boolean isUpdatable(AttributeMapping mapping, Member member) {
    return mapping instanceof BasicValuedModelPart column
        ? column.isUpdateable()
        : !isReference(mapping, member) || mapping.getAttributeMetadata().isUpdatable();
  }

  /** The columns of a reference that is the id as well are written as the id. */
  private static boolean isReference(AttributeMapping mapping, Member member) {
    return mapping instanceof ToOneAttributeMapping && !member.isAnnotated(MapsId.class);
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
    if (mapping instanceof DiscriminatedAssociationModelPart) {
      return reference(member.container(), true);
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
    OptionalInt scale = scale(column, declared);
    return scale.isPresent()
        ? BasicCodecs.decimal(scale.getAsInt())
        : basic(column.getJdbcMapping(), declared, owner);
  }

  /** Returns the scale of a decimal whose mapping says how its column rounds it. */
  static OptionalInt scale(BasicValuedModelPart column, Class<?> declared) {
    Integer precision = column.getPrecision();
    Integer scale = column.getScale();
    boolean isRounded = declared == BigDecimal.class && precision != null && precision > 0;
    return isRounded && column.getJdbcMapping().getValueConverter() == null
        ? OptionalInt.of(scale == null ? 0 : scale)
        : OptionalInt.empty();
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
        .or(() -> array(column, type, owner))
        .or(() -> text(column))
        .orElseGet(() -> new SerializedCodec(owner, type));
  }

  /** A column that is an array of SQL. */
  private static Optional<ValueCodec> array(JdbcMapping column, Class<?> declared, Class<?> owner) {
    if (!(column instanceof BasicPluralType<?, ?> plural)) {
      return Optional.empty();
    }
    BasicType<?> element = plural.getElementType();
    ValueCodec codec = basic(element, element.getJavaType(), owner);
    boolean isOrdered = isOrderedArray(declared);
    return Optional.of(
        new ArrayCodec(
            new CollectionCodec(codec, isOrdered, CollectionCodec.emptyOf(declared)),
            declared.getComponentType(),
            false));
  }

  /** A value that the column holds as a text of its own, such as a Locale. */
  @SuppressWarnings("unchecked") // the values are those of the attribute that has this type
  private static Optional<ValueCodec> text(JdbcMapping column) {
    JavaType<Object> type = (JavaType<Object>) column.getMappedJavaType();
    return isText(column)
        ? BasicCodecs.of(String.class)
            .map(
                text ->
                    new ConvertedCodec(
                        value -> value == null ? null : type.toString(value),
                        value -> value == null ? null : type.fromString((String) value),
                        text))
        : Optional.empty();
  }

  /** Returns whether the column is one of text. */
  static boolean isText(JdbcMapping column) {
    return column.getJdbcType().isString();
  }

  /** Returns whether the order of elements counts that lie in one column. */
  static boolean isOrderedArray(Class<?> declared) {
    return declared.isArray() || List.class.isAssignableFrom(declared);
  }

  /** Returns whether the column holds a time of day in UTC, whatever offset the value has. */
  static boolean isInUtc(JdbcMapping column) {
    return column.getJdbcType().getDefaultSqlTypeCode() == SqlTypes.TIME_UTC;
  }

  /** Returns what of a java.util.Date the column holds. */
  static Class<?> columnType(JdbcMapping column) {
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

  /** Hibernate writes no row for an element that is null. */
  private ValueCodec plural(PluralAttributeMapping mapping, Class<?> owner, Member member) {
    CollectionClassification kind =
        mapping.getMappedType().getCollectionSemantics().getCollectionClassification();
    if (kind == CollectionClassification.ARRAY) {
      Class<?> component = member.container().getComponentType();
      ValueCodec element =
          part(mapping.getElementDescriptor(), Optional.of(component), mapping, owner);
      return new ArrayCodec(
          new CollectionCodec(element, true, ArrayList::new, false), component, true);
    }
    if (kind.toJpaClassification() == CollectionType.MAP && member.isAnnotated(MapKey.class)) {
      return keyed(mapping, owner, member);
    }
    if (kind.toJpaClassification() == CollectionType.MAP) {
      CollectionPart key = mapping.getIndexDescriptor();
      return new MapCodec(
          part(key, member.argument(0), mapping, owner),
          part(mapping.getElementDescriptor(), member.argument(1), mapping, owner),
          key instanceof BasicValuedModelPart,
          false);
    }
    return new CollectionCodec(
        part(mapping.getElementDescriptor(), member.argument(0), mapping, owner),
        kind == CollectionClassification.LIST,
        CollectionCodec.emptyOf(member.container()),
        false);
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
      EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
      boolean isElement = part.getNature() == CollectionPart.Nature.ELEMENT;
      return embeddable(type, isElement && !type.isCreateEmptyCompositesEnabled());
    }
    if (part instanceof EntityValuedModelPart reference) {
      return reference(reference.getEntityMappingType());
    }
    if (part instanceof DiscriminatedAssociationModelPart) {
      return reference(declared.orElse(Object.class), true);
    }
    throw unsupported(mapping, owner);
  }

  private ValueCodec embeddable(EmbeddableMappingType type, boolean isNullWhenEmpty) {
    List<Attribute> parts = attributes.apply(type);
    if (type.isPolymorphic()) {
      return new EmbeddableSubclasses(type, factory).codec(parts);
    }
    return type.getMappedJavaType().getJavaTypeClass().isRecord()
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

  private ValueCodec reference(EntityMappingType target) {
    return reference(target.getMappedJavaType().getJavaTypeClass(), target.hasSubclasses());
  }

  /** A proxy of a polymorphic reference is loaded: Hibernate does not know its class before. */
  private ValueCodec reference(Class<?> target, boolean isPolymorphic) {
    return new ReferenceCodec(
        target,
        isPolymorphic,
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

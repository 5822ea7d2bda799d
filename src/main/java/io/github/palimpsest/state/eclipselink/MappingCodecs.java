package io.github.palimpsest.state.eclipselink;

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
import java.math.BigDecimal;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.queries.MapContainerPolicy;
import org.eclipse.persistence.internal.queries.MappedKeyMapContainerPolicy;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.CollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;
import org.eclipse.persistence.mappings.DirectMapMapping;
import org.eclipse.persistence.mappings.ForeignReferenceMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.mappings.VariableOneToOneMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.converters.ConverterClass;
import org.eclipse.persistence.mappings.converters.SerializedObjectConverter;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.mappings.foundation.MapKeyMapping;
import org.jspecify.annotations.Nullable;

/** Chooses the codec of each kind of mapping. */
final class MappingCodecs {
  private final AbstractSession session;
  private final BiFunction<ClassDescriptor, Boolean, List<Attribute>> attributes;
  private final Function<Class<?>, Identifier> identifiers;

  MappingCodecs(
      AbstractSession session,
      BiFunction<ClassDescriptor, Boolean, List<Attribute>> attributes,
      Function<Class<?>, Identifier> identifiers) {
    this.session = session;
    this.attributes = attributes;
    this.identifiers = identifiers;
  }

  /** Returns whether the attribute belongs to this side: inverse and read-only ones do not. */
  static boolean isStoredHere(DatabaseMapping mapping) {
    if (mapping.isReadOnly() || mapping.getAttributeName() == null) {
      return false;
    }
    if (mapping instanceof OneToOneMapping reference) {
      return reference.isForeignKeyRelationship() || reference.hasRelationTableMechanism();
    }
    return !mapping.isOneToManyMapping() || mapping.isUnidirectionalOneToManyMapping();
  }

  /**
   * Returns whether the attribute belongs to an embeddable, or to one that is an id: of that, a
   * part is read-only which a relation writes.
   */
  static boolean isPartOf(DatabaseMapping mapping, boolean isId) {
    return isStoredHere(mapping)
        || (isId
            && (mapping instanceof AbstractDirectMapping
                || mapping instanceof AggregateObjectMapping));
  }

  /** Returns the codec of an attribute of an entity or a part of its id. */
  ValueCodec of(DatabaseMapping mapping, ClassDescriptor owner) {
    return KeyMappings.isEmbeddedId(owner, mapping)
        ? embeddable(mapping.getReferenceDescriptor(), false, true)
        : of(mapping, Member.of(owner.getJavaClass(), mapping.getAttributeName()));
  }

  ValueCodec of(DatabaseMapping mapping, Member member) {
    if (mapping instanceof AbstractDirectMapping direct) {
      return direct(direct);
    }
    if (mapping instanceof AggregateObjectMapping embedded) {
      return embeddable(embedded.getReferenceDescriptor(), embedded.isNullAllowed(), false);
    }
    if (mapping instanceof DirectMapMapping map) {
      return map(map, element(map, map.getValueConverter(), member, 1), member);
    }
    if (mapping instanceof DirectCollectionMapping collection) {
      return collection(
          element(collection, collection.getValueConverter(), member, 0), collection, member);
    }
    if (mapping instanceof CollectionMapping collection) {
      return elements(collection, member);
    }
    if (mapping instanceof OneToOneMapping reference) {
      return reference(reference);
    }
    if (mapping instanceof VariableOneToOneMapping reference) {
      return reference(reference.getReferenceClass(), true);
    }
    throw unsupported(mapping);
  }

  private ValueCodec direct(AbstractDirectMapping mapping) {
    Class<?> type = mapping.getAttributeClassification();
    if (mapping.getConverter() instanceof ConverterClass<?, ?, ?> converter) {
      return converted(converter, mapping.getFieldClassification());
    }
    if (type == BigDecimal.class && mapping.getField().getPrecision() > 0) {
      return BasicCodecs.decimal(mapping.getField().getScale());
    }
    if (mapping.getConverter() instanceof SerializedObjectConverter) {
      return serialized(type, mapping);
    }
    return basic(type, fieldType(mapping)).orElseGet(() -> serialized(type, mapping));
  }

  private static Optional<ValueCodec> basic(Class<?> type, Class<?> columnType) {
    return type == OffsetTime.class
        ? Optional.of(BasicCodecs.offsetTimeWithoutOffset())
        : BasicCodecs.of(type, columnType);
  }

  private static ValueCodec serialized(Class<?> type, DatabaseMapping mapping) {
    return BasicCodecs.ofSerialized(type)
        .orElseGet(() -> new SerializedCodec(mapping.getDescriptor().getJavaClass(), type));
  }

  private static Class<?> fieldType(AbstractDirectMapping mapping) {
    Class<?> type = mapping.getFieldClassification();
    return type == null ? Object.class : type;
  }

  private static Class<?> columnType(DatabaseField field) {
    return field.getType() == null ? Object.class : field.getType();
  }

  private ValueCodec converted(Converter converter, @Nullable Class<?> columnType) {
    ValueCodec column =
        BasicCodecs.of(columnType == null ? String.class : columnType)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no stored form for the column type %s of a converter"
                            .formatted(columnType)));
    return new ConvertedCodec(
        value -> converter.convertObjectValueToDataValue(value, session),
        value -> converter.convertDataValueToObjectValue(value, session),
        column);
  }

  private ValueCodec element(
      DirectCollectionMapping mapping, @Nullable Converter converter, Member member, int argument) {
    boolean isKey = mapping instanceof DirectMapMapping && argument == 0;
    DatabaseField field =
        isKey ? ((DirectMapMapping) mapping).getDirectKeyField() : mapping.getDirectField();
    if (converter instanceof ConverterClass<?, ?, ?>) {
      return converted(converter, field.getType());
    }
    Class<?> type = member.argument(argument).orElseThrow(() -> unsupported(mapping));
    if (type == BigDecimal.class && field.getPrecision() > 0) {
      return BasicCodecs.decimal(field.getScale());
    }
    return converter instanceof SerializedObjectConverter
        ? serialized(type, mapping)
        : basic(type, columnType(field)).orElseThrow(() -> unsupported(mapping));
  }

  private ValueCodec elements(CollectionMapping mapping, Member member) {
    ValueCodec element =
        mapping.isAggregateCollectionMapping()
            ? embeddable(mapping.getReferenceDescriptor(), false, false)
            : reference(mapping);
    if (mapping.getContainerPolicy() instanceof MappedKeyMapContainerPolicy) {
      return map(mapping, element, member);
    }
    if (mapping.getContainerPolicy() instanceof MapContainerPolicy policy) {
      return new KeyedCodec(
          new CollectionCodec(element, false, ArrayList::new),
          value -> policy.keyFrom(value, session));
    }
    return collection(element, mapping, member);
  }

  private ValueCodec map(CollectionMapping mapping, ValueCodec value, Member member) {
    MapKeyMapping key =
        ((MappedKeyMapContainerPolicy) mapping.getContainerPolicy()).getKeyMapping();
    if (key instanceof AggregateObjectMapping embedded) {
      return new MapCodec(
          embeddable(embedded.getReferenceDescriptor(), false, false), value, false);
    }
    if (key instanceof OneToOneMapping reference) {
      return new MapCodec(reference(reference), value, false);
    }
    return new MapCodec(basicKey(mapping, member), value, true);
  }

  private ValueCodec basicKey(CollectionMapping mapping, Member member) {
    return mapping instanceof DirectMapMapping map
        ? element(map, map.getKeyConverter(), member, 0)
        : member.argument(0).flatMap(BasicCodecs::of).orElseThrow(() -> unsupported(mapping));
  }

  private ValueCodec collection(ValueCodec element, CollectionMapping mapping, Member member) {
    if (Map.class.isAssignableFrom(member.container())) {
      throw unsupported(mapping);
    }
    return new CollectionCodec(
        element, mapping.getListOrderField() != null, CollectionCodec.emptyOf(member.container()));
  }

  private ValueCodec embeddable(ClassDescriptor descriptor, boolean isNullWhenEmpty, boolean isId) {
    return EmbeddableCodec.of(
            attributes.apply(descriptor, isId),
            () -> descriptor.getObjectBuilder().buildNewInstance(),
            isNullWhenEmpty)
        .clearedWhole();
  }

  private ValueCodec reference(ForeignReferenceMapping mapping) {
    ClassDescriptor target = mapping.getReferenceDescriptor();
    return reference(target.getJavaClass(), !Subclasses.of(target).isEmpty());
  }

  private ValueCodec reference(Class<?> target, boolean isPolymorphic) {
    return new ReferenceCodec(
        target,
        isPolymorphic,
        Object::getClass,
        identifiers,
        type -> session.getClassDescriptor(type).getAlias(),
        this::entityClass);
  }

  private Class<?> entityClass(String name) {
    ClassDescriptor descriptor = session.getDescriptorForAlias(name);
    return descriptor == null
        ? ReferenceCodec.renamed(
            session.getDescriptors().values().stream().map(ClassDescriptor::getJavaClass), name)
        : descriptor.getJavaClass();
  }

  private static IllegalArgumentException unsupported(DatabaseMapping mapping) {
    return Attribute.unsupported(
        mapping.getAttributeName(),
        mapping.getDescriptor().getJavaClass(),
        mapping.getClass().getSimpleName());
  }
}

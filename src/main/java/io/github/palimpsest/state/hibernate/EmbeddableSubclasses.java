package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.Accessor;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.BasicCodecs;
import io.github.palimpsest.state.EmbeddableCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableDiscriminatorMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableMappingType.ConcreteEmbeddableType;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable with subclasses, which Hibernate keeps in the columns of all of them and one that
 * tells the class: an object of all their attributes, and under {@code type} of what that column
 * holds.
 */
final class EmbeddableSubclasses {
  /** The member that tells the class. */
  static final String TYPE = "type";

  private final EmbeddableMappingType mapping;
  private final SessionFactoryImplementor factory;

  EmbeddableSubclasses(EmbeddableMappingType mapping, SessionFactoryImplementor factory) {
    this.mapping = mapping;
    this.factory = factory;
  }

  /** Returns the class that declares an attribute: of such an embeddable one of the subclasses. */
  static Class<?> owner(ManagedMappingType type, AttributeMapping mapping) {
    return type instanceof EmbeddableMappingType embeddable && embeddable.isPolymorphic()
        ? mapping.getPropertyAccess().getGetter().getMember().getDeclaringClass()
        : type.getMappedJavaType().getJavaTypeClass();
  }

  /** Returns the column that tells the class; null of an embeddable without subclasses. */
  static @Nullable EmbeddableDiscriminatorMapping column(EmbeddableMappingType type) {
    return type.isPolymorphic() ? type.getDiscriminatorMapping() : null;
  }

  EmbeddableCodec codec(List<Attribute> parts) {
    List<Attribute> all = new ArrayList<>(parts.stream().map(this::declared).toList());
    all.add(type(parts));
    all.sort(Comparator.comparing(Attribute::name));
    int index = all.stream().map(Attribute::name).toList().indexOf(TYPE);
    return EmbeddableCodec.of(all, values -> instance(values.get(index)), true);
  }

  private Attribute type(List<Attribute> parts) {
    Class<?> owner = mapping.getMappedJavaType().getJavaTypeClass();
    Class<?> column =
        Objects.requireNonNull(mapping.getDiscriminatorMapping())
            .getRelationalJavaType()
            .getJavaTypeClass();
    if (parts.stream().anyMatch(part -> part.name().equals(TYPE))) {
      throw Attribute.unsupported(TYPE, owner, "beside the type of an embeddable with subclasses");
    }
    return new Attribute(
        TYPE,
        BasicCodecs.of(column)
            .orElseThrow(() -> Attribute.unsupported(TYPE, owner, column.getName())),
        new Accessor() {
          @Override
          public Object get(Object embeddable) {
            return typeOf(embeddable).getDiscriminatorValue();
          }

          @Override
          public void set(Object embeddable, @Nullable Object value) {
            // Its class tells.
          }
        },
        false,
        true,
        true);
  }

  /** What the class of the value does not have is null. */
  private Attribute declared(Attribute part) {
    AttributeMapping attribute = mapping.findAttributeMapping(part.name());
    Accessor any = part.accessor();
    return new Attribute(
        part.name(),
        part.codec(),
        new Accessor() {
          @Override
          public @Nullable Object get(Object embeddable) {
            return typeOf(embeddable).declaresAttribute(attribute) ? any.get(embeddable) : null;
          }

          @Override
          public void set(Object embeddable, @Nullable Object value) {
            if (typeOf(embeddable).declaresAttribute(attribute)) {
              any.set(embeddable, value);
            }
          }
        },
        false,
        part.isInsertable(),
        part.isUpdatable());
  }

  private ConcreteEmbeddableType typeOf(Object embeddable) {
    return mapping.findSubtypeBySubclass(embeddable.getClass().getName());
  }

  private Object instance(@Nullable Object type) {
    ConcreteEmbeddableType concrete =
        type == null ? null : mapping.findSubtypeByDiscriminator(type);
    if (concrete == null) {
      throw new IllegalArgumentException("no such type of an embeddable");
    }
    return concrete.getInstantiator().instantiate(null, factory);
  }
}

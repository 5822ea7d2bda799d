package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.ColumnText;
import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.ValueSql;
import jakarta.persistence.MapKey;
import jakarta.persistence.metamodel.PluralAttribute.CollectionType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.EmbeddableDiscriminatorMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.ManyToManyCollectionPart;
import org.hibernate.metamodel.mapping.internal.OneToManyCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.sql.Template;

/**
 * What the codec of each kind of mapping writes, as an SQL expression: the counterpart of {@link
 * MappingCodecs}, which chooses the codecs. For one statement: it hands out the aliases.
 */
final class AttributeSql {
  /** Names a column as the rows at hand have it. */
  @FunctionalInterface
  interface Columns {
    String of(SelectableMapping column);
  }

  /** An attribute on the way, to be named if it cannot be expressed. */
  private record Place(String attribute, Class<?> owner, ModelPart mapping) {
    IllegalArgumentException inexpressible() {
      return StateSql.inexpressible(attribute, owner, mapping.getClass().getSimpleName());
    }
  }

  private final ColumnTexts texts;
  private final ConcreteClasses classes;
  private final SortedSet<String> largeObjects = new TreeSet<>();
  private int aliases;

  AttributeSql(SessionFactoryImplementor factory) {
    this.texts = new ColumnTexts(factory.getSessionFactoryOptions().getJdbcTimeZone());
    this.classes = new ConcreteClasses(factory);
  }

  /** Returns the names of attributes whose values lie in large objects, of those asked for. */
  SortedSet<String> largeObjects() {
    return largeObjects;
  }

  /**
   * Returns the expression of an attribute of an entity, or of a part of its id.
   *
   * @throws IllegalArgumentException if there is none
   */
  ValueSql of(ModelPart mapping, EntityMappingType entity, Columns columns) {
    Class<?> owner = entity.getMappedJavaType().getJavaTypeClass();
    return mapping instanceof EntityIdentifierMapping id
        ? id(id, owner, columns)
        : text((AttributeMapping) mapping, owner, columns);
  }

  /** Returns the expression of the object id: see {@code Identifier.objectId}. */
  String objectId(EntityMappingType entity, Columns columns) {
    Map<String, ModelPart> parts = parts(entity.getIdentifierMapping());
    ModelPart first = parts.values().iterator().next();
    if (parts.size() == 1 && first instanceof ToOneAttributeMapping parent) {
      Place place =
          new Place(
              parent.getAttributeName(), entity.getMappedJavaType().getJavaTypeClass(), parent);
      EntityMappingType target = parent.getEntityMappingType();
      return objectId(target, source(parent.getForeignKeyDescriptor(), target, columns, place));
    }
    if (parts.size() == 1
        && first instanceof BasicValuedModelPart basic
        && basic.getJdbcMapping().getValueConverter() == null) {
      Class<?> owner = entity.getMappedJavaType().getJavaTypeClass();
      Place place = new Place(parts.keySet().iterator().next(), owner, basic);
      return basic(basic, basic.getJavaType().getJavaTypeClass(), columns, place).plain();
    }
    return identifier(entity, columns).json();
  }

  /** Returns the mappings of the id attributes by name. */
  static Map<String, ModelPart> parts(EntityIdentifierMapping id) {
    Map<String, ModelPart> parts = new TreeMap<>();
    if (id instanceof NonAggregatedIdentifierMapping several) {
      several
          .getVirtualIdEmbeddable()
          .getAttributeMappings()
          .forEach(part -> parts.put(part.getAttributeName(), part));
    } else {
      parts.put(id.getAttributeName(), id);
    }
    return parts;
  }

  private ValueSql id(EntityIdentifierMapping id, Class<?> owner, Columns columns) {
    Place place = new Place(id.getAttributeName(), owner, id);
    if (id instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded, columns, true, place);
    }
    BasicValuedModelPart basic = (BasicValuedModelPart) id;
    return ValueSql.of(basic(basic, basic.getJavaType().getJavaTypeClass(), columns, place));
  }

  private ValueSql text(AttributeMapping mapping, Class<?> owner, Columns columns) {
    Member member = Member.of(owner, mapping.getAttributeName());
    Place place = new Place(mapping.getAttributeName(), owner, mapping);
    ValueSql plain = plain(mapping, member, columns, place);
    return member.isMasked()
        ? plain
            .masked(mapping.getJavaType().getJavaTypeClass() == BigDecimal.class)
            .orElseThrow(place::inexpressible)
        : plain;
  }

  private ValueSql plain(AttributeMapping mapping, Member member, Columns columns, Place place) {
    if (mapping instanceof BasicValuedModelPart array
        && ColumnTexts.isArray(array.getJdbcMapping())) {
      return texts
          .ofArray(array.getJdbcMapping(), column(array, columns, place), alias())
          .orElseThrow(place::inexpressible);
    }
    if (mapping instanceof BasicValuedModelPart basic) {
      Class<?> declared = mapping.getPropertyAccess().getGetter().getReturnTypeClass();
      return ValueSql.of(basic(basic, declared, columns, place));
    }
    if (mapping instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded, columns, isNullWhenEmpty(embedded), place);
    }
    if (mapping instanceof PluralAttributeMapping plural) {
      return plural(plural, member, columns, place);
    }
    if (mapping instanceof ToOneAttributeMapping one && !one.isIgnoreNotFound()) {
      EntityMappingType target = one.getEntityMappingType();
      return reference(target, source(one.getForeignKeyDescriptor(), target, columns, place));
    }
    throw place.inexpressible();
  }

  private ColumnText basic(
      BasicValuedModelPart basic, Class<?> declared, Columns columns, Place place) {
    if (ColumnTexts.isLargeObject(basic.getJdbcMapping())) {
      largeObjects.add(place.attribute());
    }
    String column = column(basic, columns, place);
    OptionalInt scale = MappingCodecs.scale(basic, declared);
    return scale.isPresent()
        ? ColumnText.ofDecimal(scale.getAsInt(), column)
        : texts.of(basic.getJdbcMapping(), declared, column).orElseThrow(place::inexpressible);
  }

  private static String column(SelectableMapping column, Columns columns, Place place) {
    if (column.isFormula() || isReadOtherwise(column)) {
      throw place.inexpressible();
    }
    return columns.of(column);
  }

  private static boolean isReadOtherwise(SelectableMapping column) {
    String read = column.getCustomReadExpression();
    return read != null && !read.equals(Template.TEMPLATE + "." + column.getSelectionExpression());
  }

  private ValueSql embeddable(
      EmbeddableValuedModelPart embedded, Columns columns, boolean isNullWhenEmpty, Place place) {
    EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
    if (type.getAggregateMapping() != null) {
      throw place.inexpressible();
    }
    Map<String, ValueSql> parts = new TreeMap<>();
    MappingCodecs.parts(type)
        .forEach(
            part ->
                parts.put(
                    part.getAttributeName(),
                    text(part, EmbeddableSubclasses.owner(type, part), columns)));
    EmbeddableDiscriminatorMapping discriminator = EmbeddableSubclasses.column(type);
    if (discriminator != null) {
      Class<?> column = discriminator.getRelationalJavaType().getJavaTypeClass();
      parts.put(
          EmbeddableSubclasses.TYPE, ValueSql.of(basic(discriminator, column, columns, place)));
    }
    return ValueSql.object(parts, isNullWhenEmpty);
  }

  private static boolean isNullWhenEmpty(EmbeddableValuedModelPart embedded) {
    EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
    return type.isPolymorphic() || !type.isCreateEmptyCompositesEnabled();
  }

  private ValueSql identifier(EntityMappingType entity, Columns columns) {
    Map<String, ValueSql> parts = new LinkedHashMap<>();
    parts(entity.getIdentifierMapping())
        .forEach((name, part) -> parts.put(name, of(part, entity, columns)));
    return ValueSql.key(parts);
  }

  /** {@code columns} takes the target's primary key. */
  private ValueSql reference(EntityMappingType target, Columns columns) {
    ValueSql id = identifier(target, columns);
    if (!target.hasSubclasses()) {
      return id.reference();
    }
    List<String> key =
        EntityTables.columns(target.getIdentifierMapping()).stream().map(columns::of).toList();
    return id.reference(classes.name(target, key, alias()));
  }

  /** Takes the target's primary key to the columns of the row that refer to it. */
  private static Columns source(
      ForeignKeyDescriptor key, EntityMappingType target, Columns columns, Place place) {
    List<SelectableMapping> sources = EntityTables.columns(key.getKeyPart());
    if (!(key.getTargetPart() instanceof EntityIdentifierMapping)) {
      throw place.inexpressible();
    }
    return column -> column(sources.get(EntityTables.keyIndex(target, column)), columns, place);
  }

  private ValueSql plural(
      PluralAttributeMapping mapping, Member member, Columns columns, Place place) {
    if (mapping.getSoftDeleteMapping() != null
        || mapping.getCollectionDescriptor().hasWhereRestrictions()) {
      throw place.inexpressible();
    }
    String alias = alias();
    Columns own = column -> alias + "." + column.getSelectionExpression();
    ForeignKeyDescriptor key = mapping.getKeyDescriptor();
    String from =
        " from %s %s where %s"
            .formatted(
                key.getKeyTable(),
                alias,
                EntityTables.equal(
                    alias,
                    EntityTables.columns(key.getKeyPart()).stream()
                        .map(SelectableMapping::getSelectionExpression)
                        .toList(),
                    EntityTables.columns(key.getTargetPart()).stream().map(columns::of).toList()));
    CollectionClassification kind =
        mapping.getMappedType().getCollectionSemantics().getCollectionClassification();
    boolean isMap = kind.toJpaClassification() == CollectionType.MAP;
    int argument = isMap ? 1 : 0;
    Optional<Class<?>> declared =
        kind == CollectionClassification.ARRAY
            ? Optional.of(member.container().getComponentType())
            : member.argument(argument);
    ValueSql element = element(mapping, declared, own, place);
    if (isMap && !member.isAnnotated(MapKey.class)) {
      return element
          .map(mapKey(mapping, member, own, place), from, false)
          .orElseThrow(place::inexpressible);
    }
    if (kind == CollectionClassification.LIST || kind == CollectionClassification.ARRAY) {
      String order = column((BasicValuedModelPart) mapping.getIndexDescriptor(), own, place);
      return element.arrayWithGaps(order, mapping.getIndexMetadata().getListIndexBase(), from);
    }
    return element.arrayWithoutNull(from).orElseThrow(place::inexpressible);
  }

  private ColumnText mapKey(
      PluralAttributeMapping mapping, Member member, Columns own, Place place) {
    if (mapping.getIndexDescriptor() instanceof BasicValuedModelPart key) {
      return part(key, member.argument(0), own, place);
    }
    throw place.inexpressible();
  }

  private ColumnText part(
      BasicValuedModelPart part, Optional<Class<?>> declared, Columns own, Place place) {
    return basic(part, declared.orElse(part.getJavaType().getJavaTypeClass()), own, place);
  }

  private ValueSql element(
      PluralAttributeMapping mapping, Optional<Class<?>> declared, Columns own, Place place) {
    CollectionPart part = mapping.getElementDescriptor();
    if (part instanceof BasicValuedModelPart basic) {
      return ValueSql.of(part(basic, declared, own, place));
    }
    if (part instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded, own, isNullWhenEmpty(embedded), place);
    }
    if (part instanceof ManyToManyCollectionPart many) {
      EntityMappingType target = many.getEntityMappingType();
      return reference(target, source(many.getForeignKeyDescriptor(), target, own, place));
    }
    if (part instanceof OneToManyCollectionPart many) {
      EntityMappingType target = many.getEntityMappingType();
      List<String> keys = keys(target, mapping.getKeyDescriptor().getKeyTable(), place);
      String alias = "c" + aliases;
      return reference(
          target, column -> alias + "." + keys.get(EntityTables.keyIndex(target, column)));
    }
    throw place.inexpressible();
  }

  /** The rows that refer to the owner are the elements' own. */
  private static List<String> keys(EntityMappingType target, String table, Place place) {
    return new EntityTables(target)
        .all().stream()
            .filter(each -> each.getTableName().equals(table))
            .map(EntityTables::keys)
            .findFirst()
            .orElseThrow(place::inexpressible);
  }

  private String alias() {
    aliases++;
    return "c" + aliases;
  }
}

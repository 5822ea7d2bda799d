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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.DiscriminatorConverter;
import org.hibernate.metamodel.mapping.EmbeddableDiscriminatorMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.MappedDiscriminatorConverter;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SoftDeleteMapping;
import org.hibernate.metamodel.mapping.internal.ManyToManyCollectionPart;
import org.hibernate.metamodel.mapping.internal.OneToManyCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.Template;
import org.jspecify.annotations.Nullable;

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

  private final SessionFactoryImplementor factory;
  private final ColumnTexts texts;
  private final ConcreteClasses classes;
  private final SortedSet<String> lookedUp = new TreeSet<>();
  private final SortedSet<String> largeObjects = new TreeSet<>();
  private int aliases;

  AttributeSql(SessionFactoryImplementor factory) {
    this.factory = factory;
    this.texts = new ColumnTexts(factory.getSessionFactoryOptions().getJdbcTimeZone());
    this.classes = new ConcreteClasses(factory);
  }

  /** Returns which of the joined rows of an entity class are of exactly this class. */
  String condition(EntityPersister persister, EntityTables tables) {
    return classes.condition(persister, tables);
  }

  /** Returns the tables that the expressions look into for what others refer to. */
  SortedSet<String> lookedUp() {
    SortedSet<String> all = new TreeSet<>(classes.lookedUp());
    all.addAll(lookedUp);
    return all;
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
      ForeignKeyDescriptor key = parent.getForeignKeyDescriptor();
      if (!(key.getTargetPart() instanceof EntityIdentifierMapping)) {
        throw place.inexpressible();
      }
      return objectId(target, source(key, target, columns, place));
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
    if (mapping instanceof BasicValuedModelPart basic) {
      Class<?> declared = mapping.getPropertyAccess().getGetter().getReturnTypeClass();
      return value(basic, declared, columns, place);
    }
    if (mapping instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded, columns, isNullWhenEmpty(embedded), place);
    }
    if (mapping instanceof PluralAttributeMapping plural) {
      return plural(plural, member, columns, place);
    }
    if (mapping instanceof ToOneAttributeMapping one && one.isIgnoreNotFound()) {
      return lookedUp(one.getForeignKeyDescriptor(), one.getEntityMappingType(), columns, place);
    }
    if (mapping instanceof ToOneAttributeMapping one) {
      return reference(one.getForeignKeyDescriptor(), one.getEntityMappingType(), columns, place);
    }
    if (mapping instanceof DiscriminatedAssociationModelPart any) {
      return any(any, columns, place);
    }
    throw place.inexpressible();
  }

  private ValueSql value(
      BasicValuedModelPart basic, Class<?> declared, Columns columns, Place place) {
    return ColumnTexts.isArray(basic.getJdbcMapping())
        ? texts
            .ofArray(basic.getJdbcMapping(), column(basic, columns, place), alias())
            .orElseThrow(place::inexpressible)
        : ValueSql.of(basic(basic, declared, columns, place));
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
    if (column.isFormula()) {
      throw place.inexpressible();
    }
    String own = Template.TEMPLATE + "." + column.getSelectionExpression();
    String read = column.getCustomReadExpression();
    String known = columns.of(column);
    if (read == null || read.equals(own)) {
      return known;
    }
    if (!known.endsWith("." + column.getSelectionExpression())) {
      throw place.inexpressible();
    }
    int alias = known.length() - column.getSelectionExpression().length() - 1;
    return "(%s)".formatted(read.replace(Template.TEMPLATE, known.substring(0, alias)));
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

  /** A reference, {@code columns} takes the columns that refer. */
  private ValueSql reference(
      ForeignKeyDescriptor key, EntityMappingType target, Columns columns, Place place) {
    return key.getTargetPart() instanceof EntityIdentifierMapping
        ? reference(target, source(key, target, columns, place))
        : lookedUp(key, target, columns, place);
  }

  /**
   * A reference to other columns than the key, or to a row that may be gone: only the row that has
   * these values knows the key.
   */
  private ValueSql lookedUp(
      ForeignKeyDescriptor key, EntityMappingType target, Columns columns, Place place) {
    String table = key.getTargetTable();
    List<String> keys = keys(target, table, place);
    lookedUp.add(table);
    String alias = alias();
    ValueSql id =
        reference(target, column -> alias + "." + keys.get(EntityTables.keyIndex(target, column)));
    List<String> ends = EntityTables.names(key.getTargetPart());
    List<String> sources =
        EntityTables.columns(key.getKeyPart()).stream()
            .map(column -> column(column, columns, place))
            .toList();
    return id.selected(
        " from %s %s where %s%s"
            .formatted(
                table,
                alias,
                EntityTables.equal(alias, ends, sources),
                notDeleted(target.getSoftDeleteMapping(), alias)));
  }

  /** A reference to entities of several types. */
  private ValueSql any(DiscriminatedAssociationModelPart any, Columns columns, Place place) {
    String key = column(any.getKeyPart(), columns, place);
    SortedMap<String, ValueSql> values = new TreeMap<>();
    types(any)
        .forEach(
            (stored, target) ->
                values.put(
                    stored,
                    identifier(target, column -> key)
                        .reference(classes.name(target, List.of(key), alias()))));
    return ValueSql.either(column(any.getDiscriminatorMapping(), columns, place), values);
  }

  /** What the column holds that tells the type; without a list of types the name of the entity. */
  private Map<String, EntityMappingType> types(DiscriminatedAssociationModelPart any) {
    Map<String, EntityMappingType> types = new TreeMap<>();
    DiscriminatorConverter<?, ?> converter = any.getDiscriminatorMapping().getValueConverter();
    if (converter instanceof MappedDiscriminatorConverter<?, ?>) {
      converter.forEachValueDetail(
          each -> types.put(String.valueOf(each.getValue()), each.getIndicatedEntity()));
    } else {
      factory
          .getMappingMetamodel()
          .forEachEntityDescriptor(each -> types.put(each.getEntityName(), each));
      types.values().removeIf(each -> each.getIdentifierMapping().getJdbcTypeCount() > 1);
    }
    return types;
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
    return column -> column(sources.get(EntityTables.keyIndex(target, column)), columns, place);
  }

  private ValueSql plural(
      PluralAttributeMapping mapping, Member member, Columns columns, Place place) {
    if (mapping.getCollectionDescriptor().hasWhereRestrictions()) {
      throw place.inexpressible();
    }
    String alias = alias();
    Columns own = column -> alias + "." + column.getSelectionExpression();
    ForeignKeyDescriptor key = mapping.getKeyDescriptor();
    String from =
        " from %s %s where %s%s"
            .formatted(
                key.getKeyTable(),
                alias,
                EntityTables.equal(
                    alias,
                    EntityTables.names(key.getKeyPart()),
                    EntityTables.columns(key.getTargetPart()).stream().map(columns::of).toList()),
                notDeleted(mapping.getSoftDeleteMapping(), alias));
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
      return map(mapping, member, element, own, from, place).orElseThrow(place::inexpressible);
    }
    if (kind == CollectionClassification.LIST || kind == CollectionClassification.ARRAY) {
      String order = column((BasicValuedModelPart) mapping.getIndexDescriptor(), own, place);
      return element.arrayWithGaps(order, mapping.getIndexMetadata().getListIndexBase(), from);
    }
    return element.arrayWithoutNull(from).orElseThrow(place::inexpressible);
  }

  private static String notDeleted(@Nullable SoftDeleteMapping softly, String alias) {
    return softly == null
        ? ""
        : " and %s.%s = %s"
            .formatted(alias, softly.getColumnName(), softly.getNonDeletedLiteralText());
  }

  private Optional<ValueSql> map(
      PluralAttributeMapping mapping,
      Member member,
      ValueSql value,
      Columns own,
      String from,
      Place place) {
    CollectionPart part = mapping.getIndexDescriptor();
    if (part instanceof BasicValuedModelPart key) {
      return value.map(part(key, member.argument(0), own, place), from, false);
    }
    if (part instanceof EmbeddableValuedModelPart key) {
      return value.pairs(embeddable(key, own, false, place), from, false);
    }
    if (part instanceof ManyToManyCollectionPart key) {
      ValueSql reference =
          reference(key.getForeignKeyDescriptor(), key.getEntityMappingType(), own, place);
      return value.pairs(reference, from, false);
    }
    return Optional.empty();
  }

  private ColumnText part(
      BasicValuedModelPart part, Optional<Class<?>> declared, Columns own, Place place) {
    return basic(part, declared.orElse(part.getJavaType().getJavaTypeClass()), own, place);
  }

  private ValueSql element(
      PluralAttributeMapping mapping, Optional<Class<?>> declared, Columns own, Place place) {
    CollectionPart part = mapping.getElementDescriptor();
    if (part instanceof BasicValuedModelPart basic) {
      Class<?> type = basic.getJavaType().getJavaTypeClass();
      return value(basic, declared.orElse(type), own, place);
    }
    if (part instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(embedded, own, isNullWhenEmpty(embedded), place);
    }
    if (part instanceof ManyToManyCollectionPart many) {
      return reference(many.getForeignKeyDescriptor(), many.getEntityMappingType(), own, place);
    }
    if (part instanceof DiscriminatedAssociationModelPart any) {
      return any(any, own, place);
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

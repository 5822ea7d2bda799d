package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.ColumnText;
import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.ValueSql;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.InheritancePolicy;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.queries.MapContainerPolicy;
import org.eclipse.persistence.internal.queries.MappedKeyMapContainerPolicy;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.AggregateCollectionMapping;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.CollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;
import org.eclipse.persistence.mappings.DirectMapMapping;
import org.eclipse.persistence.mappings.ForeignReferenceMapping;
import org.eclipse.persistence.mappings.ManyToManyMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.mappings.RelationTableMechanism;
import org.eclipse.persistence.mappings.UnidirectionalOneToManyMapping;
import org.eclipse.persistence.mappings.VariableOneToOneMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.converters.ConverterClass;
import org.eclipse.persistence.mappings.converters.SerializedObjectConverter;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
import org.eclipse.persistence.mappings.foundation.MapKeyMapping;
import org.jspecify.annotations.Nullable;

/**
 * What the codec of each kind of mapping writes, as an SQL expression: the counterpart of {@link
 * MappingCodecs}, which chooses the codecs. For one statement: it hands out the aliases.
 */
final class AttributeSql {
  /** Names a column as the rows at hand have it. */
  @FunctionalInterface
  interface Columns {
    String of(DatabaseField field);
  }

  private final AbstractSession session;
  private final SortedSet<String> lookedUp = new TreeSet<>();
  private int aliases;

  AttributeSql(AbstractSession session) {
    this.session = session;
  }

  /** Returns the tables that the expressions look into for what others refer to. */
  SortedSet<String> lookedUp() {
    return lookedUp;
  }

  /**
   * Returns the expression of an attribute.
   *
   * @throws IllegalArgumentException if there is none
   */
  String of(DatabaseMapping mapping, ClassDescriptor owner, Columns columns) {
    return text(mapping, columns, owner).json();
  }

  /** Returns the expression of the object id: see {@code Identifier.objectId}. */
  String objectId(ClassDescriptor descriptor, Columns columns) {
    List<DatabaseMapping> keys = KeyMappings.of(descriptor);
    if (keys.size() == 1 && keys.get(0) instanceof OneToOneMapping parent) {
      return objectId(
          parent.getReferenceDescriptor(),
          source(parent, parent.getTargetToSourceKeyFields(), columns));
    }
    if (keys.size() == 1
        && keys.get(0) instanceof AbstractDirectMapping direct
        && !(direct.getConverter() instanceof ConverterClass<?, ?, ?>)) {
      return basic(direct, columns).plain();
    }
    return identifier(descriptor, columns).json();
  }

  String name(DatabaseField field) {
    return field.getNameDelimited(session.getPlatform());
  }

  String name(DatabaseTable table) {
    return table.getQualifiedNameDelimited(session.getPlatform());
  }

  private ValueSql text(DatabaseMapping mapping, Member member, Columns columns) {
    ValueSql plain = plain(mapping, member, columns);
    return member.isMasked()
        ? plain
            .masked(mapping.getAttributeClassification() == BigDecimal.class)
            .orElseThrow(() -> inexpressible(mapping))
        : plain;
  }

  private ValueSql plain(DatabaseMapping mapping, Member member, Columns columns) {
    if (mapping instanceof AbstractDirectMapping direct) {
      return ValueSql.of(basic(direct, columns));
    }
    if (mapping instanceof AggregateObjectMapping embedded) {
      return embeddable(
          embedded.getReferenceDescriptor(), columns, embedded.isNullAllowed(), false);
    }
    if (mapping instanceof VariableOneToOneMapping any) {
      return any(any, columns);
    }
    if (mapping instanceof DirectCollectionMapping collection) {
      return direct(collection, member, columns);
    }
    if (mapping instanceof CollectionMapping collection) {
      return elements(collection, member, columns);
    }
    if (mapping instanceof OneToOneMapping one && one.hasRelationTableMechanism()) {
      return related(one, columns);
    }
    if (mapping instanceof OneToOneMapping one) {
      return reference(one, one.getTargetToSourceKeyFields(), columns);
    }
    throw inexpressible(mapping);
  }

  /** Takes the target's primary key to the columns of the row that refer to it. */
  private static Columns source(
      ForeignReferenceMapping mapping, Map<DatabaseField, DatabaseField> sources, Columns columns) {
    return field -> columns.of(find(sources, field).orElseThrow(() -> inexpressible(mapping)));
  }

  /** A reference to entities of several types. */
  private ValueSql any(VariableOneToOneMapping mapping, Columns columns) {
    SortedMap<String, ValueSql> values = new TreeMap<>();
    for (Object entry : mapping.getTypeIndicatorTranslation().entrySet()) {
      Map.Entry<?, ?> each = (Map.Entry<?, ?>) entry;
      if (each.getKey() instanceof Class<?> type) {
        ClassDescriptor target = session.getClassDescriptor(type);
        values.put(
            String.valueOf(each.getValue()),
            identifier(target, source(mapping, target, columns)).reference(name(target)));
      }
    }
    return ValueSql.either(columns.of(mapping.getTypeField()), values);
  }

  /** Takes the primary key of one of the types to the columns of the row that refer to it. */
  private static Columns source(
      VariableOneToOneMapping mapping, ClassDescriptor target, Columns columns) {
    Map<DatabaseField, DatabaseField> sources = new LinkedHashMap<>();
    for (Object entry : mapping.getSourceToTargetQueryKeyNames().entrySet()) {
      Map.Entry<?, ?> each = (Map.Entry<?, ?>) entry;
      DatabaseField key =
          target.getObjectBuilder().getFieldForQueryKeyName(String.valueOf(each.getValue()));
      if (key != null && each.getKey() instanceof DatabaseField source) {
        sources.put(key, source);
      }
    }
    return field -> columns.of(find(sources, field).orElseThrow(() -> inexpressible(mapping)));
  }

  private static String name(ClassDescriptor entity) {
    return StateSql.literal("\"" + entity.getAlias() + "\"");
  }

  /** A reference that lies in a join table. */
  private ValueSql related(OneToOneMapping mapping, Columns columns) {
    RelationTableMechanism relation = mapping.getRelationTableMechanism();
    String alias = alias();
    ValueSql id = reference(mapping, target(relation), field -> alias + "." + name(field));
    return id.selected(from(relation, alias, columns));
  }

  /** Returns the target's columns that a join table refers to, with those of the join table. */
  private static Map<DatabaseField, DatabaseField> target(RelationTableMechanism relation) {
    List<DatabaseField> keys = relation.getTargetKeyFields();
    List<DatabaseField> ends = relation.getTargetRelationKeyFields();
    Map<DatabaseField, DatabaseField> byKey = new LinkedHashMap<>();
    IntStream.range(0, keys.size()).forEach(i -> byKey.put(keys.get(i), ends.get(i)));
    return byKey;
  }

  private String from(RelationTableMechanism relation, String alias, Columns columns) {
    return " from %s %s where %s"
        .formatted(
            name(relation.getRelationTable()),
            alias,
            equal(
                alias,
                relation.getSourceRelationKeyFields(),
                relation.getSourceKeyFields(),
                columns));
  }

  private static ColumnText basic(AbstractDirectMapping mapping, Columns columns) {
    return ConvertedColumn.of(
            mapping.getAttributeClassification(),
            mapping.getConverter(),
            mapping.getFieldClassification(),
            columns.of(mapping.getField()))
        .orElseThrow(() -> inexpressible(mapping));
  }

  /** An attribute of an entity, or a part of its id. */
  private ValueSql text(DatabaseMapping mapping, Columns columns, ClassDescriptor owner) {
    return KeyMappings.isEmbeddedId(owner, mapping)
        ? embeddable(mapping.getReferenceDescriptor(), columns, true, true)
        : text(mapping, Member.of(owner.getJavaClass(), mapping.getAttributeName()), columns);
  }

  private ValueSql embeddable(
      ClassDescriptor descriptor, Columns columns, boolean isNullWhenEmpty, boolean isId) {
    Map<String, ValueSql> parts = new TreeMap<>();
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      Member member = Member.of(descriptor.getJavaClass(), mapping.getAttributeName());
      if (!member.isNotAudited() && MappingCodecs.isPartOf(mapping, isId)) {
        parts.put(mapping.getAttributeName(), text(mapping, member, columns));
      }
    }
    return ValueSql.object(parts, isNullWhenEmpty);
  }

  private ValueSql identifier(ClassDescriptor descriptor, Columns columns) {
    Map<String, ValueSql> parts = new LinkedHashMap<>();
    for (DatabaseMapping mapping : KeyMappings.of(descriptor)) {
      parts.put(mapping.getAttributeName(), text(mapping, columns, descriptor));
    }
    return ValueSql.key(parts);
  }

  /**
   * A reference.
   *
   * @param sources the target's columns that are referred to, with those that refer to them
   * @param columns takes the latter
   */
  private ValueSql reference(
      ForeignReferenceMapping mapping, Map<DatabaseField, DatabaseField> sources, Columns columns) {
    ClassDescriptor target = mapping.getReferenceDescriptor();
    return target.getPrimaryKeyFields().stream().allMatch(key -> find(sources, key).isPresent())
        ? reference(mapping, target, source(mapping, sources, columns))
        : lookedUp(mapping, sources, columns);
  }

  /** A reference to other columns than the key: the row that has these values knows the key. */
  private ValueSql lookedUp(
      ForeignReferenceMapping mapping, Map<DatabaseField, DatabaseField> sources, Columns columns) {
    ClassDescriptor target = mapping.getReferenceDescriptor();
    if (!isInOneTable(target, sources.keySet()) || target.hasTablePerClassPolicy()) {
      throw inexpressible(mapping);
    }
    String alias = alias();
    ValueSql id = reference(mapping, target, field -> alias + "." + name(field));
    return id.selected(
        " from %s %s where %s"
            .formatted(
                lookedUp(target.getTables().get(0)),
                alias,
                equal(
                    alias, List.copyOf(sources.keySet()), List.copyOf(sources.values()), columns)));
  }

  /** Returns whether columns of an entity lie in the table that has its primary key. */
  private static boolean isInOneTable(ClassDescriptor entity, Collection<DatabaseField> columns) {
    DatabaseTable table = entity.getTables().get(0);
    return Stream.concat(columns.stream(), entity.getPrimaryKeyFields().stream())
        .allMatch(field -> field.getTable().equals(table));
  }

  private String lookedUp(DatabaseTable table) {
    lookedUp.add(name(table));
    return name(table);
  }

  /** {@code columns} takes the target's primary key. */
  private ValueSql reference(DatabaseMapping mapping, ClassDescriptor target, Columns columns) {
    ValueSql id = identifier(target, columns);
    return Subclasses.of(target).isEmpty()
        ? id.reference()
        : id.reference(concreteType(mapping, target, columns));
  }

  private String concreteType(DatabaseMapping mapping, ClassDescriptor target, Columns columns) {
    if (target.hasTablePerClassPolicy()) {
      return tableOfClass(target, columns);
    }
    ClassDescriptor root = target.getInheritancePolicy().getRootParentDescriptor();
    InheritancePolicy policy = root.getInheritancePolicy();
    if (!policy.hasClassIndicator()) {
      throw inexpressible(mapping);
    }
    String alias = alias();
    StringBuilder sql = new StringBuilder("(select case %s.".formatted(alias));
    sql.append(name(policy.getClassIndicatorField())).append("::text");
    for (Object entry : policy.getClassIndicatorMapping().entrySet()) {
      Map.Entry<?, ?> each = (Map.Entry<?, ?>) entry;
      if (each.getValue() instanceof Class<?> type) {
        sql.append(" when ").append(StateSql.literal(String.valueOf(each.getKey())));
        sql.append(" then ").append(name(session.getClassDescriptor(type)));
      }
    }
    return sql.append(" end from %s %s where ".formatted(lookedUp(root.getTables().get(0)), alias))
        .append(equal(alias, root.getPrimaryKeyFields(), root.getPrimaryKeyFields(), columns))
        .append(")")
        .toString();
  }

  /** In a hierarchy of one table per class the table that has the row tells the class. */
  private String tableOfClass(ClassDescriptor target, Columns columns) {
    List<ClassDescriptor> classes = new ArrayList<>();
    classes.add(target);
    classes.addAll(Subclasses.of(target));
    StringBuilder sql = new StringBuilder("(case");
    for (ClassDescriptor each : classes) {
      if (!Modifier.isAbstract(each.getJavaClass().getModifiers())) {
        String alias = alias();
        sql.append(
                " when exists (select 1 from %s %s where "
                    .formatted(lookedUp(each.getTables().get(0)), alias))
            .append(equal(alias, each.getPrimaryKeyFields(), target.getPrimaryKeyFields(), columns))
            .append(") then ")
            .append(name(each));
      }
    }
    return sql.append(" end)").toString();
  }

  private ValueSql direct(DirectCollectionMapping mapping, Member member, Columns columns) {
    String alias = alias();
    String from =
        " from %s %s where %s"
            .formatted(
                name(mapping.getReferenceTable()),
                alias,
                equal(
                    alias, mapping.getReferenceKeyFields(), mapping.getSourceKeyFields(), columns));
    if (mapping instanceof DirectMapMapping map) {
      ValueSql value =
          ValueSql.of(
              element(map, map.getValueConverter(), member, 1, map.getDirectField(), alias));
      MapKeyMapping key = ((MappedKeyMapContainerPolicy) map.getContainerPolicy()).getKeyMapping();
      return key instanceof AbstractDirectMapping
          ? map(
              element(map, map.getKeyConverter(), member, 0, map.getDirectKeyField(), alias),
              value,
              from,
              mapping)
          : pairs(key, value, alias, from, mapping);
    }
    DatabaseField field = mapping.getDirectField();
    return array(
        ValueSql.of(element(mapping, mapping.getValueConverter(), member, 0, field, alias)),
        mapping,
        alias,
        from);
  }

  private ColumnText element(
      DirectCollectionMapping mapping,
      @Nullable Converter converter,
      Member member,
      int argument,
      DatabaseField field,
      String alias) {
    if (converter instanceof SerializedObjectConverter) {
      // Schema generation makes a column of text for it.
      throw inexpressible(mapping);
    }
    Class<?> type = member.argument(argument).orElseThrow(() -> inexpressible(mapping));
    return ConvertedColumn.of(type, converter, field.getType(), alias + "." + name(field))
        .orElseThrow(() -> inexpressible(mapping));
  }

  private ValueSql elements(CollectionMapping mapping, Member member, Columns columns) {
    String alias = alias();
    Columns own = field -> alias + "." + name(field);
    if (mapping instanceof AggregateCollectionMapping embedded) {
      Map<DatabaseField, DatabaseField> keys = embedded.getTargetForeignKeyToSourceKeys();
      ValueSql element = embeddable(embedded.getReferenceDescriptor(), own, false, false);
      return collection(element, mapping, member, alias, from(keys, alias, columns));
    }
    if (mapping instanceof ManyToManyMapping many) {
      RelationTableMechanism relation = many.getRelationTableMechanism();
      ValueSql element = reference(many, target(relation), own);
      return collection(element, mapping, member, alias, from(relation, alias, columns));
    }
    if (mapping instanceof UnidirectionalOneToManyMapping many
        && isInOneTable(
            many.getReferenceDescriptor(), many.getTargetForeignKeysToSourceKeys().keySet())) {
      ValueSql element = reference(many, many.getReferenceDescriptor(), own);
      String from = from(many.getTargetForeignKeysToSourceKeys(), alias, columns);
      return collection(element, mapping, member, alias, from);
    }
    throw inexpressible(mapping);
  }

  private ValueSql collection(
      ValueSql element, CollectionMapping mapping, Member member, String alias, String from) {
    if (mapping.getContainerPolicy() instanceof MappedKeyMapContainerPolicy policy) {
      return policy.getKeyMapping() instanceof AbstractDirectMapping key
          ? map(basic(key, field -> alias + "." + name(field)), element, from, mapping)
          : pairs(policy.getKeyMapping(), element, alias, from, mapping);
    }
    boolean isKeyed = mapping.getContainerPolicy() instanceof MapContainerPolicy;
    if (!isKeyed && Map.class.isAssignableFrom(member.container())) {
      throw inexpressible(mapping);
    }
    return array(element, mapping, alias, from);
  }

  /** A map by keys that are more than a basic value. */
  private ValueSql pairs(
      MapKeyMapping mapping, ValueSql value, String alias, String from, DatabaseMapping map) {
    Columns own = field -> alias + "." + name(field);
    ValueSql key;
    if (mapping instanceof AggregateObjectMapping embedded) {
      key = embeddable(embedded.getReferenceDescriptor(), own, false, false);
    } else if (mapping instanceof OneToOneMapping one) {
      key = reference(one, one.getTargetToSourceKeyFields(), own);
    } else {
      throw inexpressible(map);
    }
    return value.pairs(key, from, true).orElseThrow(() -> inexpressible(map));
  }

  private ValueSql array(ValueSql element, CollectionMapping mapping, String alias, String from) {
    DatabaseField order = mapping.getListOrderField();
    return element
        .array(order == null ? null : alias + "." + name(order), from)
        .orElseThrow(() -> inexpressible(mapping));
  }

  private static ValueSql map(
      ColumnText key, ValueSql value, String from, DatabaseMapping mapping) {
    return value.map(key, from, true).orElseThrow(() -> inexpressible(mapping));
  }

  private String from(
      Map<DatabaseField, DatabaseField> foreignToSource, String alias, Columns columns) {
    List<DatabaseField> foreign = new ArrayList<>(foreignToSource.keySet());
    List<DatabaseField> sources = new ArrayList<>(foreignToSource.values());
    return " from %s %s where %s"
        .formatted(name(foreign.get(0).getTable()), alias, equal(alias, foreign, sources, columns));
  }

  private String equal(
      String alias, List<DatabaseField> fields, List<DatabaseField> others, Columns columns) {
    return IntStream.range(0, fields.size())
        .mapToObj(i -> alias + "." + name(fields.get(i)) + " = " + columns.of(others.get(i)))
        .collect(Collectors.joining(" and "));
  }

  /** A subclass may name the key of its own table where the relation means the root's. */
  private static Optional<DatabaseField> find(
      Map<DatabaseField, DatabaseField> fields, DatabaseField wanted) {
    return Optional.ofNullable(fields.get(wanted))
        .or(
            () ->
                fields.entrySet().stream()
                    .filter(each -> each.getKey().getName().equals(wanted.getName()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  private String alias() {
    aliases++;
    return "c" + aliases;
  }

  private static IllegalArgumentException inexpressible(DatabaseMapping mapping) {
    return StateSql.inexpressible(
        mapping.getAttributeName(),
        mapping.getDescriptor().getJavaClass(),
        mapping.getClass().getSimpleName());
  }
}

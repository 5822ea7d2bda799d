package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.ColumnText;
import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.ValueSql;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.InheritancePolicy;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.queries.MappedKeyMapContainerPolicy;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.AggregateCollectionMapping;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.CollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;
import org.eclipse.persistence.mappings.DirectMapMapping;
import org.eclipse.persistence.mappings.ManyToManyMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.mappings.RelationTableMechanism;
import org.eclipse.persistence.mappings.UnidirectionalOneToManyMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.converters.ConverterClass;
import org.eclipse.persistence.mappings.converters.SerializedObjectConverter;
import org.eclipse.persistence.mappings.foundation.AbstractDirectMapping;
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
  private int aliases;

  AttributeSql(AbstractSession session) {
    this.session = session;
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
      return objectId(parent.getReferenceDescriptor(), source(parent, columns));
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
      return reference(one, one.getReferenceDescriptor(), source(one, columns));
    }
    throw inexpressible(mapping);
  }

  /** Takes the target's primary key to the columns of the row that refer to it. */
  private static Columns source(OneToOneMapping mapping, Columns columns) {
    Map<DatabaseField, DatabaseField> sources = mapping.getTargetToSourceKeyFields();
    return field -> columns.of(find(sources, field, mapping));
  }

  /** A reference that lies in a join table. */
  private ValueSql related(OneToOneMapping mapping, Columns columns) {
    RelationTableMechanism relation = mapping.getRelationTableMechanism();
    String alias = alias();
    ValueSql id =
        reference(
            mapping,
            mapping.getReferenceDescriptor(),
            target(relation, mapping, field -> alias + "." + name(field)));
    return id.selected(from(relation, alias, columns));
  }

  /** Takes the target's primary key to the columns of the join table that hold it. */
  private static Columns target(
      RelationTableMechanism relation, DatabaseMapping mapping, Columns joinTable) {
    List<DatabaseField> keys = relation.getTargetKeyFields();
    List<DatabaseField> ends = relation.getTargetRelationKeyFields();
    Map<DatabaseField, DatabaseField> byKey = new LinkedHashMap<>();
    IntStream.range(0, keys.size()).forEach(i -> byKey.put(keys.get(i), ends.get(i)));
    return field -> joinTable.of(find(byKey, field, mapping));
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
        sql.append(" then ")
            .append(StateSql.literal("\"" + session.getClassDescriptor(type).getAlias() + "\""));
      }
    }
    return sql.append(" end from %s %s where ".formatted(name(root.getTables().get(0)), alias))
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
                    .formatted(name(each.getTables().get(0)), alias))
            .append(equal(alias, each.getPrimaryKeyFields(), target.getPrimaryKeyFields(), columns))
            .append(") then ")
            .append(StateSql.literal("\"" + each.getAlias() + "\""));
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
      if (!(map.getContainerPolicy() instanceof MappedKeyMapContainerPolicy policy
          && policy.getKeyMapping() instanceof AbstractDirectMapping)) {
        throw inexpressible(mapping);
      }
      return map(
          element(map, map.getKeyConverter(), member, 0, map.getDirectKeyField(), alias),
          ValueSql.of(
              element(map, map.getValueConverter(), member, 1, map.getDirectField(), alias)),
          from,
          mapping);
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
      ValueSql element =
          reference(many, many.getReferenceDescriptor(), target(relation, many, own));
      return collection(element, mapping, member, alias, from(relation, alias, columns));
    }
    if (mapping instanceof UnidirectionalOneToManyMapping many
        && many.getReferenceDescriptor().getTables().size() == 1) {
      ValueSql element = reference(many, many.getReferenceDescriptor(), own);
      String from = from(many.getTargetForeignKeysToSourceKeys(), alias, columns);
      return collection(element, mapping, member, alias, from);
    }
    throw inexpressible(mapping);
  }

  private ValueSql collection(
      ValueSql element, CollectionMapping mapping, Member member, String alias, String from) {
    if (mapping.getContainerPolicy() instanceof MappedKeyMapContainerPolicy policy) {
      if (policy.getKeyMapping() instanceof AbstractDirectMapping key) {
        return map(basic(key, field -> alias + "." + name(field)), element, from, mapping);
      }
      throw inexpressible(mapping);
    }
    if (Map.class.isAssignableFrom(member.container())) {
      throw inexpressible(mapping);
    }
    return array(element, mapping, alias, from);
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
  private static DatabaseField find(
      Map<DatabaseField, DatabaseField> fields, DatabaseField wanted, DatabaseMapping mapping) {
    DatabaseField exact = fields.get(wanted);
    if (exact != null) {
      return exact;
    }
    return fields.entrySet().stream()
        .filter(each -> each.getKey().getName().equals(wanted.getName()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> inexpressible(mapping));
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

package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.StateSql;
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

  /**
   * An expression.
   *
   * @param isSortable whether its text is the codec's, character for character
   * @param isNumber whether it is a JSON number, which collections sort by value
   */
  private record Text(String json, boolean isSortable, boolean isNumber) {
    Text(String json, boolean isSortable) {
      this(json, isSortable, false);
    }
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

  private Text text(DatabaseMapping mapping, Member member, Columns columns) {
    Text plain = plain(mapping, member, columns);
    return member.isMasked() ? masked(mapping, plain) : plain;
  }

  /** A fingerprint tells apart what means the same, but for decimals, which count by value. */
  private static Text masked(DatabaseMapping mapping, Text plain) {
    if (!plain.isSortable() && mapping.getAttributeClassification() != BigDecimal.class) {
      throw inexpressible(mapping);
    }
    return new Text("palimpsest.fingerprint(%s)".formatted(plain.json()), true);
  }

  private Text plain(DatabaseMapping mapping, Member member, Columns columns) {
    if (mapping instanceof AbstractDirectMapping direct) {
      return json(basic(direct, columns));
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
  private Text related(OneToOneMapping mapping, Columns columns) {
    RelationTableMechanism relation = mapping.getRelationTableMechanism();
    String alias = alias();
    Text id =
        reference(
            mapping,
            mapping.getReferenceDescriptor(),
            target(relation, mapping, field -> alias + "." + name(field)));
    return new Text(
        "(select %s%s)".formatted(id.json(), from(relation, alias, columns)), id.isSortable());
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
    return ColumnText.of(
            mapping.getAttributeClassification(),
            mapping.getConverter(),
            mapping.getFieldClassification(),
            columns.of(mapping.getField()))
        .orElseThrow(() -> inexpressible(mapping));
  }

  /** An attribute of an entity, or a part of its id. */
  private Text text(DatabaseMapping mapping, Columns columns, ClassDescriptor owner) {
    return KeyMappings.isEmbeddedId(owner, mapping)
        ? embeddable(mapping.getReferenceDescriptor(), columns, true, true)
        : text(mapping, Member.of(owner.getJavaClass(), mapping.getAttributeName()), columns);
  }

  private Text embeddable(
      ClassDescriptor descriptor, Columns columns, boolean isNullWhenEmpty, boolean isId) {
    Map<String, Text> parts = new TreeMap<>();
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      Member member = Member.of(descriptor.getJavaClass(), mapping.getAttributeName());
      if (!member.isNotAudited() && MappingCodecs.isPartOf(mapping, isId)) {
        parts.put(mapping.getAttributeName(), text(mapping, member, columns));
      }
    }
    return object(parts, isNullWhenEmpty);
  }

  private static Text object(Map<String, Text> parts, boolean isNullWhenEmpty) {
    Map<String, String> members = new TreeMap<>();
    Map<String, String> nulls = new TreeMap<>();
    parts.forEach((name, part) -> members.put(name, part.json()));
    parts.forEach((name, part) -> nulls.put(name, "null"));
    String object = StateSql.object(members);
    return new Text(
        isNullWhenEmpty ? "nullif(%s, %s)".formatted(object, StateSql.object(nulls)) : object,
        parts.values().stream().allMatch(Text::isSortable));
  }

  private Text identifier(ClassDescriptor descriptor, Columns columns) {
    Map<String, Text> parts = new LinkedHashMap<>();
    for (DatabaseMapping mapping : KeyMappings.of(descriptor)) {
      parts.put(mapping.getAttributeName(), text(mapping, columns, descriptor));
    }
    return parts.size() == 1 ? parts.values().iterator().next() : object(parts, true);
  }

  /** {@code columns} takes the target's primary key. */
  private Text reference(DatabaseMapping mapping, ClassDescriptor target, Columns columns) {
    Text id = identifier(target, columns);
    if (Subclasses.of(target).isEmpty()) {
      // Collections sort references by their text, numbers or not.
      return new Text(id.json(), id.isSortable());
    }
    return new Text(
        "('{\"type\":' || %s || ',\"id\":' || %s || '}')"
            .formatted(concreteType(mapping, target, columns), id.json()),
        id.isSortable());
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

  private Text direct(DirectCollectionMapping mapping, Member member, Columns columns) {
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
          json(element(map, map.getValueConverter(), member, 1, map.getDirectField(), alias)),
          from,
          mapping);
    }
    DatabaseField field = mapping.getDirectField();
    return array(
        json(element(mapping, mapping.getValueConverter(), member, 0, field, alias)),
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
    return ColumnText.of(type, converter, field.getType(), alias + "." + name(field))
        .orElseThrow(() -> inexpressible(mapping));
  }

  private static Text json(ColumnText text) {
    return new Text(text.json(), text.isSortable(), text.isNumber());
  }

  private Text elements(CollectionMapping mapping, Member member, Columns columns) {
    String alias = alias();
    Columns own = field -> alias + "." + name(field);
    if (mapping instanceof AggregateCollectionMapping embedded) {
      Map<DatabaseField, DatabaseField> keys = embedded.getTargetForeignKeyToSourceKeys();
      Text element = embeddable(embedded.getReferenceDescriptor(), own, false, false);
      return collection(element, mapping, member, alias, from(keys, alias, columns));
    }
    if (mapping instanceof ManyToManyMapping many) {
      RelationTableMechanism relation = many.getRelationTableMechanism();
      Text element = reference(many, many.getReferenceDescriptor(), target(relation, many, own));
      return collection(element, mapping, member, alias, from(relation, alias, columns));
    }
    if (mapping instanceof UnidirectionalOneToManyMapping many
        && many.getReferenceDescriptor().getTables().size() == 1) {
      Text element = reference(many, many.getReferenceDescriptor(), own);
      String from = from(many.getTargetForeignKeysToSourceKeys(), alias, columns);
      return collection(element, mapping, member, alias, from);
    }
    throw inexpressible(mapping);
  }

  private Text collection(
      Text element, CollectionMapping mapping, Member member, String alias, String from) {
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

  private Text array(Text element, CollectionMapping mapping, String alias, String from) {
    String json = "coalesce(%s, 'null')".formatted(element.json());
    DatabaseField order = mapping.getListOrderField();
    if (order == null && !element.isSortable() && !element.isNumber()) {
      throw inexpressible(mapping);
    }
    String by = order == null ? sorted(json, element.isNumber()) : alias + "." + name(order);
    return new Text(
        "(select '[' || coalesce(string_agg(%s, ',' order by %s), '') || ']'%s)"
            .formatted(json, by, from),
        element.isSortable());
  }

  /** As {@code CollectionCodec} sorts. */
  private static String sorted(String json, boolean isNumber) {
    String text = json + " collate \"C\"";
    return isNumber
        ? "case when left(%s, 1) not in ('\"', 'n') then (%s)::numeric end nulls first, %s"
            .formatted(json, json, text)
        : text;
  }

  private static Text map(ColumnText key, Text value, String from, DatabaseMapping mapping) {
    if (!key.isSortable()) {
      throw inexpressible(mapping);
    }
    return new Text(
        "(select '{' || coalesce(string_agg(palimpsest.json_string(%s) || ':' || coalesce(%s, 'null'), ',' order by %s collate \"C\"), '') || '}'%s)"
            .formatted(key.plain(), value.json(), key.json(), from),
        value.isSortable());
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
    return new IllegalArgumentException(
        "attribute %s of %s has a mapping that SQL cannot express (%s)"
            .formatted(
                mapping.getAttributeName(),
                mapping.getDescriptor().getJavaClass().getName(),
                mapping.getClass().getSimpleName()));
  }
}

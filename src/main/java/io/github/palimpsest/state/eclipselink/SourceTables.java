package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.Member;
import io.github.palimpsest.state.SourceTable;
import io.github.palimpsest.state.StateTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.queries.MappedKeyMapContainerPolicy;
import org.eclipse.persistence.mappings.AggregateCollectionMapping;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.CollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;
import org.eclipse.persistence.mappings.ManyToManyMapping;
import org.eclipse.persistence.mappings.OneToOneMapping;
import org.eclipse.persistence.mappings.RelationTableMechanism;
import org.eclipse.persistence.mappings.UnidirectionalOneToManyMapping;

/**
 * Finds the tables that an entity class is read from, and which attributes each of their columns
 * bears on.
 */
final class SourceTables {
  private final ClassDescriptor descriptor;
  private final AttributeSql sql;
  private final List<DatabaseField> keys;
  private final StateTables tables = new StateTables();

  /** Starts with the tables of the rows, of which nothing is read yet. */
  SourceTables(ClassDescriptor descriptor, AttributeSql sql) {
    this.descriptor = descriptor;
    this.sql = sql;
    this.keys = descriptor.getPrimaryKeyFields();
    for (DatabaseTable table : new ArrayList<>(descriptor.getTables())) {
      tables.row(
          sql.name(table),
          names(keys.stream().map(key -> keyIn(table, key)).toList()),
          type(table));
    }
  }

  /**
   * Says that an attribute is read.
   *
   * @throws IllegalArgumentException if its rows are not found by the primary key; the message
   *     names the attribute
   */
  void add(String attribute, DatabaseMapping mapping) {
    add(attribute, mapping, new TreeSet<>());
  }

  /** Returns the tables. */
  List<SourceTable> all() {
    return tables.all();
  }

  /** The same key in a secondary table or in the table of a joined subclass. */
  private DatabaseField keyIn(DatabaseTable table, DatabaseField key) {
    Set<DatabaseField> same = new LinkedHashSet<>(Set.of(key));
    // A table follows those that its join names.
    for (DatabaseTable each : new ArrayList<>(descriptor.getTables())) {
      joins(each)
          .forEach(
              (one, other) -> {
                if (same.contains(one) || same.contains(other)) {
                  same.add(one);
                  same.add(other);
                }
              });
    }
    return same.stream()
        .filter(field -> field.getTable().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "table %s of %s is not joined by its primary key"
                        .formatted(table.getName(), descriptor.getJavaClass().getName())));
  }

  private Map<DatabaseField, DatabaseField> joins(DatabaseTable table) {
    return descriptor.getAdditionalTablePrimaryKeyFields().getOrDefault(table, Map.of());
  }

  private SortedSet<String> type(DatabaseTable table) {
    SortedSet<String> type = new TreeSet<>();
    if (!descriptor.hasInheritance() || descriptor.hasTablePerClassPolicy()) {
      return type;
    }
    ClassDescriptor root = descriptor.getInheritancePolicy().getRootParentDescriptor();
    DatabaseField indicator = root.getInheritancePolicy().getClassIndicatorField();
    if (indicator != null && indicator.getTable().equals(table)) {
      type.add(sql.name(indicator));
    }
    return type;
  }

  private void add(String attribute, DatabaseMapping mapping, SortedSet<String> none) {
    if (mapping instanceof AggregateObjectMapping embedded) {
      for (DatabaseMapping each : embedded.getReferenceDescriptor().getMappings()) {
        Member member =
            Member.of(embedded.getReferenceDescriptor().getJavaClass(), each.getAttributeName());
        if (!member.isNotAudited() && MappingCodecs.isStoredHere(each)) {
          add(attribute, each, none);
        }
      }
    } else if (mapping instanceof ManyToManyMapping many) {
      addRelation(attribute, many, many.getRelationTableMechanism());
    } else if (mapping instanceof OneToOneMapping one && one.hasRelationTableMechanism()) {
      addRelation(attribute, one, one.getRelationTableMechanism());
    } else if (mapping instanceof DirectCollectionMapping direct) {
      addCollection(
          attribute, direct, direct.getReferenceKeyFields(), direct.getSourceKeyFields(), none);
    } else if (mapping instanceof AggregateCollectionMapping elements) {
      addCollection(attribute, elements, elements.getTargetForeignKeyToSourceKeys(), none);
    } else if (mapping instanceof UnidirectionalOneToManyMapping many) {
      addCollection(attribute, many, many.getTargetForeignKeysToSourceKeys(), columns(many));
    } else {
      mapping
          .getFields()
          .forEach(field -> tables.column(sql.name(field.getTable()), attribute, sql.name(field)));
    }
  }

  private void addRelation(
      String attribute, DatabaseMapping mapping, RelationTableMechanism relation) {
    addCollection(
        attribute,
        mapping,
        relation.getSourceRelationKeyFields(),
        relation.getSourceKeyFields(),
        new TreeSet<>());
  }

  private void addCollection(
      String attribute,
      DatabaseMapping mapping,
      Map<DatabaseField, DatabaseField> foreignToSource,
      SortedSet<String> columns) {
    addCollection(
        attribute,
        mapping,
        new ArrayList<>(foreignToSource.keySet()),
        new ArrayList<>(foreignToSource.values()),
        columns);
  }

  private void addCollection(
      String attribute,
      DatabaseMapping mapping,
      List<DatabaseField> foreign,
      List<DatabaseField> sources,
      SortedSet<String> columns) {
    List<DatabaseField> ordered =
        keys.stream().map(key -> foreign.get(indexOf(key, sources, mapping))).toList();
    tables.collection(sql.name(ordered.get(0).getTable()), names(ordered), attribute, columns);
  }

  /** A subclass may name the key of its own table where the collection means the root's. */
  private static int indexOf(
      DatabaseField key, List<DatabaseField> sources, DatabaseMapping mapping) {
    int exact = sources.indexOf(key);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).getName().equals(key.getName())) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "attribute %s of %s lies in a table that does not hold the primary key"
            .formatted(
                mapping.getAttributeName(), mapping.getDescriptor().getJavaClass().getName()));
  }

  /** The rows are the elements' own: most of their columns say nothing of the collection. */
  private SortedSet<String> columns(UnidirectionalOneToManyMapping mapping) {
    SortedSet<String> columns = new TreeSet<>();
    mapping.getTargetForeignKeysToSourceKeys().keySet().forEach(key -> columns.add(sql.name(key)));
    mapping
        .getReferenceDescriptor()
        .getPrimaryKeyFields()
        .forEach(key -> columns.add(sql.name(key)));
    if (mapping.getListOrderField() != null) {
      columns.add(sql.name(mapping.getListOrderField()));
    }
    keyOfMap(mapping).forEach(field -> columns.add(sql.name(field)));
    return columns;
  }

  private static List<DatabaseField> keyOfMap(CollectionMapping mapping) {
    return mapping.getContainerPolicy() instanceof MappedKeyMapContainerPolicy policy
        ? List.copyOf(policy.getIdentityFieldsForMapKey())
        : List.of();
  }

  private List<String> names(List<DatabaseField> fields) {
    return fields.stream().map(sql::name).toList();
  }
}

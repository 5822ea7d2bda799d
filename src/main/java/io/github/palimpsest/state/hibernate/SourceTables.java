package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.SourceTable;
import io.github.palimpsest.state.StateTables;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SelectableMappings;
import org.hibernate.metamodel.mapping.internal.OneToManyCollectionPart;
import org.hibernate.persister.entity.mutation.EntityTableMapping;

/**
 * Finds the tables that an entity class is read from, and which attributes each of their columns
 * bears on.
 */
final class SourceTables {
  private final EntityMappingType entity;
  private final EntityTables rows;
  private final StateTables tables = new StateTables();

  /** Starts with the tables of the rows, of which nothing is read yet. */
  SourceTables(EntityMappingType entity, EntityTables rows) {
    this.entity = entity;
    this.rows = rows;
    for (EntityTableMapping table : rows.all()) {
      List<String> keys = EntityTables.keys(table);
      if (table.isOptional()) {
        tables.optional(table.getTableName(), keys);
      } else {
        tables.row(table.getTableName(), keys, type(table));
      }
    }
  }

  /** Returns the tables. */
  List<SourceTable> all() {
    return tables.all();
  }

  private SortedSet<String> type(EntityTableMapping table) {
    return Stream.of(
            Optional.ofNullable(ConcreteClasses.column(entity)),
            Optional.ofNullable(entity.getSoftDeleteMapping()))
        .flatMap(column -> column.stream())
        .filter(column -> rows.tableOf(column).equals(table))
        .map(SelectableMapping::getSelectionExpression)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Says that an attribute is read.
   *
   * @throws IllegalArgumentException if its rows are not found by the primary key; the message
   *     names the attribute
   */
  void add(String attribute, ModelPart mapping) {
    if (mapping instanceof EmbeddableValuedModelPart embedded) {
      EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
      MappingCodecs.parts(type).forEach(part -> add(attribute, part));
      SelectableMappings discriminator = EmbeddableSubclasses.column(type);
      if (discriminator != null) {
        addColumns(attribute, discriminator);
      }
    } else if (mapping instanceof PluralAttributeMapping plural) {
      addCollection(attribute, plural);
    } else if (mapping instanceof SelectableMappings columns) {
      addColumns(attribute, columns);
    }
  }

  private void addColumns(String attribute, SelectableMappings columns) {
    EntityTables.columns(columns)
        .forEach(
            column ->
                tables.column(
                    rows.tableOf(column).getTableName(),
                    attribute,
                    column.getSelectionExpression()));
  }

  private void addCollection(String attribute, PluralAttributeMapping mapping) {
    ForeignKeyDescriptor key = mapping.getKeyDescriptor();
    if (!(key.getTargetPart() instanceof EntityIdentifierMapping)) {
      throw new IllegalArgumentException(
          "attribute %s of %s lies in a table that does not hold the primary key"
              .formatted(attribute, entity.getEntityName()));
    }
    tables.collection(
        key.getKeyTable(), EntityTables.names(key.getKeyPart()), attribute, columns(mapping));
  }

  /** Rows that are the elements' own say, in most of their columns, nothing of the collection. */
  private static SortedSet<String> columns(PluralAttributeMapping mapping) {
    SortedSet<String> columns = new TreeSet<>();
    if (mapping.getElementDescriptor() instanceof OneToManyCollectionPart many) {
      String table = mapping.getKeyDescriptor().getKeyTable();
      columns.addAll(EntityTables.names(mapping.getKeyDescriptor().getKeyPart()));
      new EntityTables(many.getEntityMappingType())
          .all().stream()
              .filter(each -> each.getTableName().equals(table))
              .forEach(each -> columns.addAll(EntityTables.keys(each)));
      if (mapping.getIndexDescriptor() != null) {
        columns.addAll(EntityTables.names(mapping.getIndexDescriptor()));
      }
    }
    return columns;
  }
}

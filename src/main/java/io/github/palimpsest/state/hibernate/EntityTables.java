package io.github.palimpsest.state.hibernate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SelectableMappings;
import org.hibernate.metamodel.mapping.TableDetails;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;

/** The tables that the rows of one entity class lie in, joined by their keys. */
final class EntityTables {
  private final EntityPersister persister;
  private final List<EntityTableMapping> tables;

  EntityTables(EntityMappingType entity) {
    this.persister = entity.getEntityPersister();
    Map<String, EntityTableMapping> byName = new LinkedHashMap<>();
    persister.forEachMutableTable(
        table -> {
          if (!table.isInverse()) {
            byName.putIfAbsent(table.getTableName(), table);
          }
        });
    this.tables =
        byName.values().stream()
            .sorted(Comparator.comparing(EntityTableMapping::isIdentifierTable).reversed())
            .toList();
  }

  /** Returns them, that of the id first. */
  List<EntityTableMapping> all() {
    return tables;
  }

  /** Returns the table of the id. */
  EntityTableMapping first() {
    return tables.get(0);
  }

  /** Returns the columns of a table that hold the primary key, in its order. */
  static List<String> keys(TableDetails table) {
    List<String> keys = new ArrayList<>();
    table.getKeyDetails().forEachKeyColumn((index, column) -> keys.add(column.getColumnName()));
    return keys;
  }

  /** Returns all columns, in their order. */
  static List<SelectableMapping> columns(SelectableMappings part) {
    List<SelectableMapping> columns = new ArrayList<>();
    part.forEachSelectable((index, column) -> columns.add(column));
    return columns;
  }

  /** Returns the names of all columns, in their order. */
  static List<String> names(SelectableMappings part) {
    return columns(part).stream().map(SelectableMapping::getSelectionExpression).toList();
  }

  /** Returns the place of a column in the primary key of an entity, from 0. */
  static int keyIndex(EntityMappingType entity, SelectableMapping column) {
    int index = names(entity.getIdentifierMapping()).indexOf(column.getSelectionExpression());
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s is not in the primary key of %s"
              .formatted(column.getSelectionExpression(), entity.getEntityName()));
    }
    return index;
  }

  /** Returns the primary key as the joined rows have it. */
  List<String> keys() {
    return keys(first()).stream().map("t0."::concat).toList();
  }

  /** Returns a column as the joined rows have it. */
  String column(SelectableMapping column) {
    return "t" + tables.indexOf(tableOf(column)) + "." + column.getSelectionExpression();
  }

  /** In a hierarchy of one table per class the attributes know only the union of the tables. */
  EntityTableMapping tableOf(SelectableMapping column) {
    return persister instanceof UnionSubclassEntityPersister
        ? first()
        : tables.stream()
            .filter(table -> table.getTableName().equals(column.getContainingTableExpression()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "table %s does not belong to %s"
                            .formatted(
                                column.getContainingTableExpression(), persister.getEntityName())));
  }

  /** Returns them joined. A secondary table has no row where there is nothing to hold. */
  String from() {
    StringBuilder sql = new StringBuilder(first().getTableName()).append(" t0");
    for (int i = 1; i < tables.size(); i++) {
      EntityTableMapping table = tables.get(i);
      sql.append(table.isOptional() ? " left join " : " join ")
          .append("%s t%d on ".formatted(table.getTableName(), i))
          .append(equal("t" + i, keys(table), keys()));
    }
    return sql.toString();
  }

  /** Returns the condition that columns of a table hold these values. */
  static String equal(String alias, List<String> columns, List<String> values) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> "%s.%s = %s".formatted(alias, columns.get(i), values.get(i)))
        .collect(Collectors.joining(" and "));
  }
}

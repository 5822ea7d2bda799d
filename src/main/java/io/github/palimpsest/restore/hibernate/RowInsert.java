package io.github.palimpsest.restore.hibernate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.VirtualModelPart;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Inserts an entity's rows with the id and version they had: {@code persist} would draw a new id,
 * or refuse (ADR 0004, ADR 0010).
 */
final class RowInsert {
  private final SessionImplementor session;
  private final EntityPersister persister;

  RowInsert(SessionImplementor session, EntityPersister persister) {
    this.session = session;
    this.persister = persister;
  }

  void insert(Object entity) {
    Map<String, Row> rows = new LinkedHashMap<>();
    persister.forEachMutableTable(
        table -> {
          if (!table.isInverse()) {
            rows.put(table.getTableName(), new Row(table, key(table, entity)));
          }
        });
    addDiscriminator(rows);
    persister
        .getAttributeMappings()
        .forEach(
            mapping -> {
              if (!(mapping instanceof PluralAttributeMapping
                  || mapping instanceof VirtualModelPart)) {
                add(mapping, mapping.getValue(entity), rows);
              }
            });
    session.doWork(
        connection -> {
          for (Row row : rows.values()) {
            if (row.isNeeded()) {
              insert(connection, row.table().getTableName(), row.cells());
            }
          }
        });
  }

  private List<Cell> key(EntityTableMapping table, Object entity) {
    List<Cell> cells = new ArrayList<>();
    table
        .getKeyMapping()
        .breakDownKeyJdbcValues(
            persister.getIdentifier(entity, session),
            (value, column) ->
                cells.add(new Cell(column.getColumnName(), "?", value, column.getJdbcMapping())),
            session);
    return cells;
  }

  private void addDiscriminator(Map<String, Row> rows) {
    EntityDiscriminatorMapping discriminator = persister.getDiscriminatorMapping();
    if (discriminator != null && discriminator.hasPhysicalColumn()) {
      row(discriminator, rows)
          .add(
              new Cell(
                  discriminator.getSelectionExpression(),
                  persister.getDiscriminatorSQLValue(),
                  null,
                  null));
    }
  }

  private void add(AttributeMapping mapping, Object value, Map<String, Row> rows) {
    mapping.breakDownJdbcValues(
        value,
        (index, part, column) -> {
          if (column.isInsertable() && !column.isFormula()) {
            row(column, rows)
                .add(
                    new Cell(
                        column.getSelectionExpression(),
                        column.getWriteExpression(),
                        part,
                        column.getJdbcMapping()));
          }
        },
        session);
  }

  /** In a hierarchy of one table per class the attributes know only the union of the tables. */
  private static List<Cell> row(SelectableMapping column, Map<String, Row> rows) {
    Row row =
        rows.size() == 1
            ? rows.values().iterator().next()
            : rows.get(column.getContainingTableExpression());
    if (row == null) {
      throw new IllegalStateException("no row for " + column.getSelectionExpression());
    }
    return row.cells();
  }

  @SuppressWarnings("unchecked") // Hibernate gave the value for the column whose binder this is
  private void insert(Connection connection, String table, List<Cell> cells) throws SQLException {
    String sql =
        "insert into %s (%s) overriding system value values (%s)"
            .formatted(
                table,
                cells.stream().map(Cell::column).collect(Collectors.joining(", ")),
                cells.stream().map(Cell::expression).collect(Collectors.joining(", ")));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Cell cell : cells) {
        if (cell.type() != null) {
          cell.type().getJdbcValueBinder().bind(statement, cell.value(), parameter++, session);
        }
      }
      statement.executeUpdate();
    }
  }

  /** A row of one of the entity's tables, its key first. */
  private record Row(EntityTableMapping table, List<Cell> cells) {
    /** A secondary table has no row where there is nothing to hold. */
    boolean isNeeded() {
      return !table.isOptional()
          || cells.stream()
              .skip(table.getKeyMapping().getColumnCount())
              .anyMatch(cell -> cell.value() != null);
    }
  }

  /**
   * One value of a row.
   *
   * @param expression how SQL writes it: a parameter, or a literal
   * @param type of the parameter; null for a literal
   */
  private record Cell(
      String column, String expression, @Nullable Object value, @Nullable JdbcMapping type) {}
}

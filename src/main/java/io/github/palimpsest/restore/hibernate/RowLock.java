package io.github.palimpsest.restore.hibernate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/** Locks the row of an entity in its own table until the end of the transaction. */
final class RowLock {
  private final SessionImplementor session;
  private final EntityPersister persister;

  RowLock(SessionImplementor session, EntityPersister persister) {
    this.session = session;
    this.persister = persister;
  }

  void lock(Object entity) {
    persister.forEachMutableTable(
        table -> {
          if (table.isIdentifierTable()) {
            List<Cell> key = key(table, entity);
            session.doWork(connection -> lock(connection, table.getTableName(), key));
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
                cells.add(new Cell(column.getColumnName(), value, column.getJdbcMapping())),
            session);
    return cells;
  }

  @SuppressWarnings("unchecked") // Hibernate gave the value for the column whose binder this is
  private void lock(Connection connection, String table, List<Cell> key) throws SQLException {
    String sql =
        "select 1 from %s where %s for update"
            .formatted(
                table,
                key.stream()
                    .map(each -> each.column() + " = ?")
                    .collect(Collectors.joining(" and ")));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < key.size(); i++) {
        Cell cell = key.get(i);
        cell.type().getJdbcValueBinder().bind(statement, cell.value(), i + 1, session);
      }
      statement.execute();
    }
  }

  /** One column of the key. */
  private record Cell(String column, @Nullable Object value, JdbcMapping type) {}
}

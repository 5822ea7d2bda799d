package io.github.palimpsest.restore.eclipselink;

import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.sessions.AbstractRecord;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.mappings.DatabaseMapping.WriteType;

/**
 * Inserts an entity's rows with the id they had: {@code persist} would draw a new one where the
 * database assigns ids (ADR 0004).
 */
final class IdentityInsert {
  private final EntityManager entities;
  private final UnitOfWorkImpl unitOfWork;
  private final ClassDescriptor descriptor;

  IdentityInsert(EntityManager entities, UnitOfWorkImpl unitOfWork, ClassDescriptor descriptor) {
    this.entities = entities;
    this.unitOfWork = unitOfWork;
    this.descriptor = descriptor;
  }

  /** What the persistence context holds must have been flushed. */
  void insert(Object entity) {
    AbstractRecord row =
        descriptor.getObjectBuilder().buildRow(entity, unitOfWork, WriteType.INSERT);
    descriptor.getTables().forEach(table -> insert(table, row));
  }

  private void insert(DatabaseTable table, AbstractRecord row) {
    DatasourcePlatform platform = unitOfWork.getPlatform();
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (DatabaseField field : row.getFields()) {
      if (table.equals(field.getTable())) {
        columns.add(field.getNameDelimited(platform));
        Object value = row.get(field);
        values.add(value == null ? "null" : "?" + (parameters.size() + 1));
        if (value != null) {
          parameters.add(value);
        }
      }
    }
    Query insert =
        entities.createNativeQuery(
            "insert into %s (%s) overriding system value values (%s)"
                .formatted(
                    table.getQualifiedNameDelimited(platform),
                    String.join(", ", columns),
                    String.join(", ", values)));
    for (int i = 0; i < parameters.size(); i++) {
      insert.setParameter(i + 1, parameters.get(i));
    }
    insert.setFlushMode(FlushModeType.COMMIT);
    insert.executeUpdate();
  }
}

package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.capture.CollectionOwners;
import io.github.palimpsest.capture.CollectionOwners.Owner;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/** Locks and reads again the changed collections of entities without a version. For one thread. */
final class UnversionedCollections {
  private final SessionImplementor session;
  private final CollectionOwners<EntityPersister> owners = new CollectionOwners<>();

  UnversionedCollections(SessionImplementor session) {
    this.session = session;
  }

  void add(EntityPersister persister, EntityModel model, Object entity, Attribute attribute) {
    owners.add(persister, persister.isVersioned(), model, entity, attribute);
  }

  void clear() {
    owners.clear();
  }

  void reread(Connection connection, TransactionChanges changes) {
    if (owners.all().isEmpty()) {
      return;
    }
    // It reads on the connection of the transaction, and past what the session has in memory.
    try (Session reader =
        session
            .getFactory()
            .withOptions()
            .connection(connection)
            .tenantIdentifier(session.getTenantIdentifierValue())
            .autoJoinTransactions(false)
            .flushMode(FlushMode.MANUAL)
            .openSession()) {
      reader.setCacheMode(CacheMode.IGNORE);
      owners.all().forEach(owner -> reread(connection, reader, owner, changes));
    }
    owners.clear();
  }

  private void reread(
      Connection connection,
      Session reader,
      Owner<EntityPersister> owner,
      TransactionChanges changes) {
    Object key = owner.mapping().getIdentifier(owner.entity(), session);
    lock(connection, owner, key);
    @Nullable Object stored = reader.find(owner.mapping().getMappedClass(), key);
    if (stored != null) {
      owner.reread(stored, changes);
      reader.clear();
    }
  }

  @SuppressWarnings("unchecked") // Hibernate gave the value for the column whose binder this is
  private void lock(Connection connection, Owner<EntityPersister> owner, Object key) {
    EntityTableMapping table = owner.mapping().getIdentifierTableMapping();
    List<Object> values = new ArrayList<>();
    List<JdbcMapping> types = new ArrayList<>();
    table
        .getKeyMapping()
        .breakDownKeyJdbcValues(
            key,
            (value, column) -> {
              values.add(value);
              types.add(column.getJdbcMapping());
            },
            session);
    owner.lock(
        connection,
        table.getTableName(),
        table.getKeyMapping().getKeyColumns().stream()
            .map(column -> column.getColumnName())
            .toList(),
        statement -> {
          for (int i = 0; i < values.size(); i++) {
            types.get(i).getJdbcValueBinder().bind(statement, values.get(i), i + 1, session);
          }
        });
  }
}

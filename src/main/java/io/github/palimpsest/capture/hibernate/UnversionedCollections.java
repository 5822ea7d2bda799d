package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Changed collections of entities without a version. Their change locks no row of the owner, so two
 * transactions may add to one collection at once, and neither has the whole of it in memory. Just
 * before the commit the owner's row is locked, which puts such transactions in an order, and the
 * collection is read again (ADR 0001). For one thread.
 */
final class UnversionedCollections {
  private final SessionImplementor session;

  /** In the order of their names, so that two transactions lock in the same order. */
  private final Map<String, Owner> owners = new TreeMap<>();

  UnversionedCollections(SessionImplementor session) {
    this.session = session;
  }

  void add(EntityPersister persister, EntityModel model, Object entity, Attribute attribute) {
    if (attribute.isStoredBesideTheRow() && !persister.isVersioned()) {
      model.stream(entity)
          .ifPresent(
              stream ->
                  owners
                      .computeIfAbsent(
                          stream.toString(),
                          name -> new Owner(persister, model, entity, new TreeMap<>()))
                      .attributes()
                      .put(attribute.name(), attribute));
    }
  }

  void clear() {
    owners.clear();
  }

  void reread(Connection connection, TransactionChanges changes) {
    if (owners.isEmpty()) {
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
      owners.values().forEach(owner -> reread(connection, reader, owner, changes));
    }
    owners.clear();
  }

  private void reread(
      Connection connection, Session reader, Owner owner, TransactionChanges changes) {
    Object key = owner.persister().getIdentifier(owner.entity(), session);
    lock(connection, owner, key);
    @Nullable Object stored = reader.find(owner.persister().getMappedClass(), key);
    if (stored != null) {
      owner
          .attributes()
          .values()
          .forEach(
              attribute ->
                  changes.reread(owner.model(), owner.entity(), attribute, attribute.text(stored)));
      reader.clear();
    }
  }

  /** NO KEY UPDATE: the rows of the collection hold a key share lock on their owner already. */
  @SuppressWarnings("unchecked") // Hibernate gave the value for the column whose binder this is
  private void lock(Connection connection, Owner owner, Object key) {
    EntityTableMapping table = owner.persister().getIdentifierTableMapping();
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
    String sql =
        "select 1 from %s where %s for no key update"
            .formatted(
                table.getTableName(),
                table.getKeyMapping().getKeyColumns().stream()
                    .map(column -> column.getColumnName() + " = ?")
                    .collect(Collectors.joining(" and ")));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        types.get(i).getJdbcValueBinder().bind(statement, values.get(i), i + 1, session);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new CaptureFailedException(
          "The row of %s could not be locked (SQLState %s)."
              .formatted(owner.model().contentType(), e.getSQLState()),
          e);
    }
  }

  private record Owner(
      EntityPersister persister,
      EntityModel model,
      Object entity,
      Map<String, Attribute> attributes) {}
}

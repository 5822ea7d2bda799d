package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.eclipselink.TransactionConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.persistence.config.ReferenceMode;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.sessions.AbstractRecord;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.queries.ReadObjectQuery;
import org.jspecify.annotations.Nullable;

/**
 * Changed collections of entities without a version. Their change locks no row of the owner, so two
 * transactions may add to one collection at once, and neither has the whole of it in memory. Just
 * before the commit the owner's row is locked, which puts such transactions in an order, and the
 * collection is read again. For one thread.
 */
final class UnversionedCollections {
  /** In the order of their names, so that two transactions lock in the same order. */
  private final Map<String, Owner> owners = new TreeMap<>();

  void add(UnitOfWorkImpl unitOfWork, EntityModel model, Object entity, Attribute attribute) {
    ClassDescriptor descriptor = unitOfWork.getClassDescriptor(entity);
    if (attribute.isStoredBesideTheRow() && !descriptor.usesOptimisticLocking()) {
      model.stream(entity)
          .ifPresent(
              stream ->
                  owners
                      .computeIfAbsent(
                          stream.toString(),
                          name -> new Owner(descriptor, model, entity, new TreeMap<>()))
                      .attributes()
                      .put(attribute.name(), attribute));
    }
  }

  void reread(UnitOfWorkImpl unitOfWork, TransactionChanges changes) {
    owners.values().forEach(owner -> reread(unitOfWork, owner, changes));
    owners.clear();
  }

  void clear() {
    owners.clear();
  }

  private static void reread(UnitOfWorkImpl unitOfWork, Owner owner, TransactionChanges changes) {
    Object key =
        owner
            .descriptor()
            .getObjectBuilder()
            .extractPrimaryKeyFromObject(owner.entity(), unitOfWork);
    lock(unitOfWork, owner, key);
    ReadObjectQuery query = new ReadObjectQuery(owner.descriptor().getJavaClass());
    query.setSelectionId(key);
    query.refreshIdentityMapResult();
    @Nullable Object stored = reader(unitOfWork).executeQuery(query);
    if (stored != null) {
      owner
          .attributes()
          .values()
          .forEach(
              attribute ->
                  changes.reread(owner.model(), owner.entity(), attribute, attribute.text(stored)));
    }
  }

  /**
   * Returns a unit of work that reads on the connection of the transaction and past the shared
   * cache. It is made here, not acquired from the session, and never released: so it takes no part
   * in the transaction and does not end it.
   */
  private static UnitOfWorkImpl reader(UnitOfWorkImpl unitOfWork) {
    UnitOfWorkImpl reader = new UnitOfWorkImpl(unitOfWork.getParent(), ReferenceMode.HARD);
    reader.setWasTransactionBegunPrematurely(true);
    return reader;
  }

  /** NO KEY UPDATE: the rows of the collection hold a key share lock on their owner already. */
  private static void lock(UnitOfWorkImpl unitOfWork, Owner owner, Object key) {
    ClassDescriptor descriptor = owner.descriptor();
    DatasourcePlatform platform = unitOfWork.getPlatform();
    AbstractRecord row =
        descriptor.getObjectBuilder().buildRowFromPrimaryKeyValues(key, unitOfWork);
    String sql =
        "select 1 from %s where %s for no key update"
            .formatted(
                descriptor.getTables().get(0).getQualifiedNameDelimited(platform),
                descriptor.getPrimaryKeyFields().stream()
                    .map(field -> field.getNameDelimited(platform) + " = ?")
                    .collect(Collectors.joining(" and ")));
    Connection connection = TransactionConnection.of(unitOfWork);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (DatabaseField field : descriptor.getPrimaryKeyFields()) {
        statement.setObject(parameter++, row.get(field));
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
      ClassDescriptor descriptor,
      EntityModel model,
      Object entity,
      Map<String, Attribute> attributes) {}
}

package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.capture.CollectionOwners;
import io.github.palimpsest.capture.CollectionOwners.Owner;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.eclipselink.RowsByValue;
import io.github.palimpsest.state.eclipselink.TransactionConnection;
import java.util.List;
import org.eclipse.persistence.config.ReferenceMode;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.sessions.AbstractRecord;
import org.eclipse.persistence.internal.sessions.MergeManager;
import org.eclipse.persistence.internal.sessions.UnitOfWorkChangeSet;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.queries.ReadObjectQuery;
import org.jspecify.annotations.Nullable;

/**
 * Locks and reads again changed collections: those of entities without a version, and those that
 * EclipseLink may have stored otherwise than they are in memory. For one thread.
 */
final class RereadCollections {
  private final CollectionOwners<ClassDescriptor> owners = new CollectionOwners<>();

  void add(UnitOfWorkImpl unitOfWork, EntityModel model, Object entity, Attribute attribute) {
    ClassDescriptor descriptor = unitOfWork.getClassDescriptor(entity);
    boolean isStoredAsItIs =
        !RowsByValue.of(descriptor.getMappingForAttributeName(attribute.name()));
    owners.add(
        descriptor, descriptor.usesOptimisticLocking() && isStoredAsItIs, model, entity, attribute);
  }

  /**
   * EclipseLink holds the locks of the changed objects in its shared cache by now, and whoever has
   * a row's lock may be waiting for one of them: they are given back while this one waits.
   */
  void reread(UnitOfWorkImpl unitOfWork, TransactionChanges changes) {
    if (!owners.isEmpty()) {
      boolean isLocked = unitOfWork.getMergeManager() != null;
      unitOfWork.releaseWriteLocks();
      owners.all().forEach(owner -> reread(unitOfWork, owner, changes));
      owners.clear();
      if (isLocked) {
        lockCache(unitOfWork);
      }
    }
  }

  /** As EclipseLink does just before the event that a transaction is about to commit. */
  private static void lockCache(UnitOfWorkImpl unitOfWork) {
    MergeManager holder = new MergeManager(unitOfWork);
    unitOfWork.setMergeManager(holder);
    unitOfWork
        .getParent()
        .getIdentityMapAccessorInstance()
        .getWriteLockManager()
        .acquireRequiredLocks(holder, (UnitOfWorkChangeSet) unitOfWork.getUnitOfWorkChangeSet());
  }

  void clear() {
    owners.clear();
  }

  private static void reread(
      UnitOfWorkImpl unitOfWork, Owner<ClassDescriptor> owner, TransactionChanges changes) {
    Object key =
        owner.mapping().getObjectBuilder().extractPrimaryKeyFromObject(owner.entity(), unitOfWork);
    lock(unitOfWork, owner, key);
    ReadObjectQuery query = new ReadObjectQuery(owner.mapping().getJavaClass());
    query.setSelectionId(key);
    query.refreshIdentityMapResult();
    @Nullable Object stored = reader(unitOfWork).executeQuery(query);
    if (stored != null) {
      owner.reread(stored, changes);
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

  private static void lock(UnitOfWorkImpl unitOfWork, Owner<ClassDescriptor> owner, Object key) {
    ClassDescriptor descriptor = owner.mapping();
    DatasourcePlatform platform = unitOfWork.getPlatform();
    AbstractRecord row =
        descriptor.getObjectBuilder().buildRowFromPrimaryKeyValues(key, unitOfWork);
    List<DatabaseField> fields = descriptor.getPrimaryKeyFields();
    owner.lock(
        TransactionConnection.of(unitOfWork),
        descriptor.getTables().get(0).getQualifiedNameDelimited(platform),
        fields.stream().map(field -> field.getNameDelimited(platform)).toList(),
        statement -> {
          for (int i = 0; i < fields.size(); i++) {
            statement.setObject(i + 1, row.get(fields.get(i)));
          }
        });
  }
}

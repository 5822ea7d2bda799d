package io.github.palimpsest.state.eclipselink;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import org.eclipse.persistence.internal.databaseaccess.Accessor;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.sessions.UnitOfWork;

/**
 * The JDBC connection on which EclipseLink writes in the active transaction. {@code
 * EntityManager.unwrap(Connection.class)} gives null where EclipseLink has begun the transaction
 * and not used the connection yet.
 */
public final class TransactionConnection {
  private TransactionConnection() {}

  /**
   * Returns the unit of work of {@code entities}, its transaction begun, so that EclipseLink takes
   * part in the commit even if no entity changes.
   *
   * @throws IllegalStateException if no transaction is active
   */
  public static UnitOfWorkImpl begun(EntityManager entities) {
    if (!entities.isJoinedToTransaction()) {
      throw new IllegalStateException("no transaction is active");
    }
    UnitOfWorkImpl unitOfWork = (UnitOfWorkImpl) entities.unwrap(UnitOfWork.class);
    if (!unitOfWork.isInTransaction()) {
      // A second begin would nest, and EclipseLink tells nobody of the end of a nested transaction.
      unitOfWork.beginEarlyTransaction();
    }
    return unitOfWork;
  }

  /** Returns the connection of a unit of work whose transaction has begun. */
  public static Connection of(UnitOfWorkImpl unitOfWork) {
    Accessor accessor = unitOfWork.getAccessor();
    accessor.incrementCallCount(unitOfWork.getParent());
    try {
      return accessor.getConnection();
    } finally {
      accessor.decrementCallCount();
    }
  }
}

package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.capture.CommitHook;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.state.eclipselink.TransactionConnection;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.internal.sessions.ObjectChangeSet;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;
import org.eclipse.persistence.sessions.changesets.ChangeRecord;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changes of one unit of work and hands them over in its {@code preCommitTransaction}:
 * once per transaction, after the last flush and its JDBC batches, on the same connection. For one
 * thread, as the unit of work.
 */
public final class UnitOfWorkRecorder extends SessionEventAdapter {
  private static final String PROPERTY = UnitOfWorkRecorder.class.getName();
  private static final String HOOK = CommitHook.class.getName();

  private final UnitOfWorkImpl unitOfWork;
  private final CommitHook hook;
  private TransactionChanges changes;
  private final RereadCollections collections = new RereadCollections();
  private final MissedRows missed = new MissedRows();
  private final List<Object> toBeRemoved = new ArrayList<>();

  private UnitOfWorkRecorder(UnitOfWorkImpl unitOfWork, CommitHook hook) {
    this.unitOfWork = unitOfWork;
    this.hook = hook;
    this.changes = hook.newChanges();
  }

  /**
   * Hands the changes of the active transaction of {@code entities} to {@code work}, and makes sure
   * that it is committed through EclipseLink even if no entity changes.
   *
   * @throws IllegalStateException if no transaction is active
   */
  public static void record(EntityManager entities, Consumer<TransactionChanges> work) {
    UnitOfWorkRecorder recorder = of(TransactionConnection.begun(entities));
    work.accept(recorder.changes);
    recorder.keepSmall();
  }

  static UnitOfWorkRecorder of(UnitOfWorkImpl unitOfWork) {
    if (unitOfWork.getProperty(PROPERTY) instanceof UnitOfWorkRecorder known) {
      return known;
    }
    AbstractSession client = unitOfWork.getParent();
    UnitOfWorkRecorder recorder = new UnitOfWorkRecorder(unitOfWork, hook(client.getParent()));
    unitOfWork.setProperty(PROPERTY, recorder);
    client.getEventManager().addListener(recorder);
    unitOfWork.getEventManager().addListener(recorder.missed);
    recorder.watch();
    return recorder;
  }

  /**
   * Returns the hook of a persistence unit. From the first call on, transactions that change no
   * entity are heard as well.
   *
   * @param serverSession the session that all its EntityManagers share
   */
  public static CommitHook hook(Session serverSession) {
    synchronized (serverSession) {
      if (serverSession.getProperty(HOOK) instanceof CommitHook known) {
        return known;
      }
      CommitHook hook =
          new CommitHook(
              EclipseLinkModels.of(serverSession),
              model -> EclipseLinkStateSql.rows(serverSession, model));
      serverSession.setProperty(HOOK, hook);
      serverSession.getEventManager().addListener(new Statements());
      return hook;
    }
  }

  void persisted(Object entity) {
    model(entity).ifPresent(model -> changes.persisted(model, entity));
    keepSmall();
  }

  void updated(Object entity, @Nullable ObjectChangeSet changeSet) {
    Optional<EntityModel> model = model(entity);
    if (model.isEmpty() || missed.remove(entity)) {
      return;
    }
    if (changeSet == null) {
      throw new CaptureFailedException(
          "EclipseLink does not tell what changed of a %s.".formatted(model.get().contentType()),
          null);
    }
    for (ChangeRecord record : changeSet.getChanges()) {
      Optional<Attribute> attribute = model.get().attribute(record.getAttribute());
      if (attribute.isPresent() && OldValues.mayDiffer(record)) {
        changes.updated(
            model.get(),
            entity,
            attribute.get(),
            OldValues.text(attribute.get(), record, entity),
            OldValues.loaded(attribute.get(), record, entity));
        collections.add(unitOfWork, model.get(), entity, attribute.get());
      }
    }
    keepSmall();
  }

  /**
   * Called when the application removes it, maybe long before a flush. If EclipseLink has not begun
   * its transaction, that waits until it does: begun early, it would read in another way.
   */
  static void removing(UnitOfWorkImpl unitOfWork, Object entity) {
    if (hook(unitOfWork.getParent().getParent()).models().of(entity.getClass()).isPresent()) {
      UnitOfWorkRecorder recorder = of(unitOfWork);
      if (unitOfWork.isInTransaction()) {
        recorder.removing(entity);
      } else {
        recorder.toBeRemoved.add(entity);
      }
    }
  }

  /** Called within the flush. */
  void removing(Object entity) {
    model(entity)
        .ifPresent(
            model ->
                hook.removing(() -> TransactionConnection.of(unitOfWork), changes, model, entity));
  }

  void removed(Object entity) {
    if (!missed.remove(entity)) {
      model(entity).ifPresent(model -> changes.removed(model, entity));
      keepSmall();
    }
  }

  /** A bulk statement or SQL went past the entities: triggers may see what it changed. */
  void ranStatement() {
    changes.ranStatement();
  }

  private void keepSmall() {
    hook.keepSmall(() -> TransactionConnection.of(unitOfWork), changes);
  }

  private Optional<EntityModel> model(Object entity) {
    return hook.models().of(entity.getClass());
  }

  /**
   * A unit of work may outlive a transaction: what an earlier one left behind is not this one's.
   */
  @Override
  public void postBeginTransaction(SessionEvent event) {
    changes.clear();
    collections.clear();
    watch();
    List<Object> removed = List.copyOf(toBeRemoved);
    toBeRemoved.clear();
    removed.forEach(this::removing);
  }

  private void watch() {
    if (unitOfWork.getParent().hasExternalTransactionController()) {
      Handover.watch(() -> changes);
    }
  }

  @Override
  public void preCommitTransaction(SessionEvent event) {
    collections.reread(unitOfWork, changes);
    changes = hook.beforeCommit(TransactionConnection.of(unitOfWork), changes);
  }
}

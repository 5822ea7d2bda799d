package io.github.palimpsest.it.note;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.List;

/** A bean that begins and ends its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnTransactions {
  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  @Resource UserTransaction transaction;

  /** Called by the container. */
  public OwnTransactions() {}

  /** Commits the first text, rolls the second back, and commits the third. */
  public void write(long id, List<String> texts)
      throws NotSupportedException,
          SystemException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    for (int i = 0; i < texts.size(); i++) {
      transaction.begin();
      entities.find(Note.class, id).write(texts.get(i));
      if (i == 1) {
        entities.flush();
        transaction.rollback();
      } else {
        transaction.commit();
      }
    }
  }
}

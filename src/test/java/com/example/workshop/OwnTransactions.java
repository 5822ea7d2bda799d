package com.example.workshop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;

/** Changes repairs in transactions and persistence contexts of its own. */
@Path("own")
@RequestScoped
public class OwnTransactions {
  @PersistenceUnit(unitName = "workshop")
  EntityManagerFactory factory;

  @Resource UserTransaction transaction;

  /** Called by the container. */
  public OwnTransactions() {}

  /** Changes the price; the persistence context is closed before the end of the transaction. */
  @POST
  @Path("{id}")
  public void change(
      @PathParam("id") long id,
      @QueryParam("price") BigDecimal price,
      @QueryParam("flush") boolean flush,
      @QueryParam("rollback") boolean rollback)
      throws NotSupportedException,
          SystemException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    transaction.begin();
    EntityManager entities = factory.createEntityManager();
    try {
      entities.find(Repair.class, id).cost(price);
      if (flush) {
        entities.flush();
      }
    } finally {
      entities.close();
    }
    end(rollback);
  }

  /** Changes the price in three transactions of one persistence context; the second is undone. */
  @POST
  @Path("{id}/prices")
  public void change(
      @PathParam("id") long id,
      @QueryParam("first") BigDecimal first,
      @QueryParam("second") BigDecimal second,
      @QueryParam("third") BigDecimal third)
      throws NotSupportedException,
          SystemException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    try (EntityManager entities = factory.createEntityManager()) {
      change(entities, id, first, false);
      change(entities, id, second, true);
      change(entities, id, third, false);
    }
  }

  private void change(EntityManager entities, long id, BigDecimal price, boolean rollback)
      throws NotSupportedException,
          SystemException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    transaction.begin();
    entities.joinTransaction();
    entities.find(Repair.class, id).cost(price);
    entities.flush();
    end(rollback);
    entities.clear();
  }

  private void end(boolean rollback)
      throws SystemException,
          RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException {
    if (rollback) {
      transaction.rollback();
    } else {
      transaction.commit();
    }
  }
}

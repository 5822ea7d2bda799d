package io.github.palimpsest.it.note;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Transactions of the container that are suspended or must not commit. */
@Stateless
public class Traps {
  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  @Resource SessionContext context;
  @EJB Traps others;

  /** Called by the container. */
  public Traps() {}

  /** Writes the note before and after another transaction has written the next one. */
  public void writeAround(long id, String text, boolean failInside, boolean failOutside) {
    entities.find(Note.class, id).write(text + " before");
    entities.flush();
    try {
      others.writeApart(id + 1, text + " inside", failInside);
    } catch (RuntimeException e) {
      if (!failInside) {
        throw e;
      }
    }
    entities.find(Note.class, id).write(text + " after");
    if (failOutside) {
      throw new IllegalStateException("outside");
    }
  }

  /** Writes a note in a transaction of its own. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void writeApart(long id, String text, boolean fail) {
    entities.find(Note.class, id).write(text);
    entities.flush();
    if (fail) {
      throw new IllegalStateException("inside");
    }
  }

  /** Writes a note in a transaction that is then marked for rollback, and returns normally. */
  public void writeAndMark(long id, String text) {
    entities.find(Note.class, id).write(text);
    entities.flush();
    context.setRollbackOnly();
  }
}

package io.github.palimpsest.it.note;

import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceContextType;

/** A conversation whose persistence context outlives transactions. */
@Stateful(passivationCapable = false)
public class Draft {
  @PersistenceContext(unitName = "bank", type = PersistenceContextType.EXTENDED)
  EntityManager entities;

  /** Called by the container. */
  public Draft() {}

  /** Writes outside of any transaction. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void write(long id, String text) {
    entities.find(Note.class, id).write(text);
  }

  /** Saves what was written, in a transaction that does nothing else. */
  public void save() {
    entities.joinTransaction();
  }
}

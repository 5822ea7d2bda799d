package io.github.palimpsest.state;

/** A referenced entity has no id yet; it has one when the transaction is about to commit. */
public final class UnassignedIdException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnassignedIdException(Class<?> entityClass) {
    super("a referenced %s has no id yet".formatted(entityClass.getName()));
  }
}

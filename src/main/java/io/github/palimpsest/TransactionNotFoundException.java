package io.github.palimpsest;

/** No event has this transaction number: HTTP 404. */
public final class TransactionNotFoundException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final long transaction;

  /** Creates the exception for one transaction. */
  public TransactionNotFoundException(long transaction) {
    super("No event has the transaction %d.".formatted(transaction), null);
    this.transaction = transaction;
  }

  /** Returns the number asked for. */
  public long transaction() {
    return transaction;
  }
}

package io.github.palimpsest;

import jakarta.ejb.ApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * Something history could not do. Unchecked, rolls back the transaction, crosses EJBs unwrapped.
 * Messages carry ids and positions, never states.
 */
@ApplicationException(rollback = true)
public abstract sealed class HistoryException extends RuntimeException
    permits CaptureFailedException,
        ConflictException,
        FutureInstantException,
        HistoryUnavailableException,
        InexpressibleTypeException,
        MissingReferenceException,
        NotSettledException,
        PositionChangedException,
        StreamDeletedException,
        StreamNotFoundException,
        TooManyObjectsException,
        TransactionNotFoundException,
        UnknownTypeException,
        UnreadableEventException {
  private static final long serialVersionUID = 1L;

  HistoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.github.palimpsest.event;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who, why and which request: the same for all events of one transaction.
 *
 * @param actor who, not empty
 * @param reason why, or null
 * @param correlationId which request (the trace id of W3C traceparent), or null
 */
public record Provenance(String actor, @Nullable String reason, @Nullable String correlationId) {
  public Provenance {
    if (actor.isEmpty()) {
      throw new IllegalArgumentException("actor must not be empty");
    }
  }

  /** Sets three parameters from {@code first} on. */
  void set(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, actor);
    statement.setString(first + 1, reason);
    statement.setString(first + 2, correlationId);
  }
}

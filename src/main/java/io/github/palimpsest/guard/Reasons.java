package io.github.palimpsest.guard;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.event.Provenance;
import java.util.function.Supplier;

/** Why the guard appends what it appends. */
final class Reasons {
  private Reasons() {}

  static void require(String reason) {
    if (!AuditContext.isAcceptable(reason)) {
      throw new IllegalArgumentException(
          "reason must have 1 to %d characters".formatted(AuditContext.LONGEST));
    }
  }

  static Provenance provenance(String reason, Supplier<String> fallbackActor) {
    Provenance known = AuditContext.provenance(fallbackActor);
    return new Provenance(known.actor(), reason, known.correlationId());
  }
}

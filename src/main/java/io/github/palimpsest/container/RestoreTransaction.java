package io.github.palimpsest.container;

import io.github.palimpsest.Restored;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.Target;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Restores within the active transaction, or one of its own: all or nothing. */
@ApplicationScoped
@Transactional
public class RestoreTransaction {
  @Inject AuditedUnits units;

  /** Called by the container. */
  public RestoreTransaction() {}

  /** Restores one object, as {@link Restorer#restore} says. */
  public Restored restore(
      StreamId stream, Target target, String reason, OptionalLong expected, boolean dryRun) {
    return units
        .of(stream.contentType())
        .restorer()
        .restore(stream, target, reason, expected, dryRun);
  }

  /** Restores all objects of a type, as {@link Restorer#restoreAll} says. */
  public List<Restored> restoreAll(
      String contentType, Instant asOf, String reason, boolean dryRun) {
    return units.of(contentType).restorer().restoreAll(contentType, asOf, reason, dryRun);
  }
}

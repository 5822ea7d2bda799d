package io.github.palimpsest.container;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Restorer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Restores within the active transaction, or one of its own: all or nothing. */
@ApplicationScoped
@Transactional
public class RestoreTransaction {
  @Inject AuditedUnits units;

  /** Called by the container. */
  public RestoreTransaction() {}

  /** Restores one object, as {@link Restorer#restore} says. */
  public Restoration restore(StreamId stream, Restore wanted, OptionalLong expected) {
    return units.of(stream.contentType()).restorer().restore(stream, wanted, expected);
  }

  /** Restores objects of a type, as {@link Restorer#restoreAll} says. */
  public Restoration restoreAll(String contentType, Restore wanted, Predicate<State> filter) {
    return units.of(contentType).restorer().restoreAll(contentType, wanted, filter);
  }
}

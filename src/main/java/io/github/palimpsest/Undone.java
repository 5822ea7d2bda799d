package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import java.util.List;

/**
 * What an undo did, or in a dry run would do.
 *
 * @param transaction the one undone
 * @param restoration what changed
 * @param conflictCount how much was left as it is
 * @param conflicts the first of it, and why; as many as shall be listed
 * @param domainEventCount how many events the application had appended in it; they stay
 * @param domainEvents the first of them; as many as shall be listed
 */
public record Undone(
    long transaction,
    Restoration restoration,
    long conflictCount,
    List<Conflict> conflicts,
    long domainEventCount,
    List<Event> domainEvents) {
  public Undone {
    conflicts = List.copyOf(conflicts);
    domainEvents = List.copyOf(domainEvents);
  }
}

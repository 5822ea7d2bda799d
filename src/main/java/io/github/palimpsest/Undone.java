package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import java.util.List;

/**
 * What an undo did, or in a dry run would do.
 *
 * @param transaction the one undone
 * @param restoration what changed
 * @param conflicts what was left as it is, and why
 * @param domainEvents what the application had appended in it; that stays
 */
public record Undone(
    long transaction, Restoration restoration, List<Conflict> conflicts, List<Event> domainEvents) {
  public Undone {
    conflicts = List.copyOf(conflicts);
    domainEvents = List.copyOf(domainEvents);
  }
}

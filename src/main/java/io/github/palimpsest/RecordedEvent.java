package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import java.util.List;

/**
 * An event with what it changed.
 *
 * @param event as it is stored
 * @param changes attribute by attribute, by name; empty for a domain event
 */
public record RecordedEvent(Event event, List<Change> changes) {
  public RecordedEvent {
    changes = List.copyOf(changes);
  }
}

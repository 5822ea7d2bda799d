package io.github.palimpsest.rebuild;

import io.github.palimpsest.AttributeValue;
import io.github.palimpsest.Change;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.StreamId;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that one attribute of one object had.
 *
 * @param rebuilder of its database
 * @param path to a value within the object
 */
public record AttributeHistory(Rebuilder rebuilder, AttributePath path) {
  private static final int BATCH = 500;

  /**
   * Returns them up to {@code settled}, oldest first, each different from the one before; in the
   * words of today's class.
   */
  public List<AttributeValue> values(StreamId stream, Instant settled) {
    List<AttributeValue> values = new ArrayList<>();
    long after = 0;
    List<RecordedEvent> events = events(stream, after, settled);
    while (!events.isEmpty()) {
      events.forEach(event -> value(event).ifPresent(values::add));
      after = events.get(events.size() - 1).event().position();
      events = events(stream, after, settled);
    }
    return values;
  }

  private List<RecordedEvent> events(StreamId stream, long after, Instant settled) {
    return rebuilder.events(stream, after, BATCH, event -> !event.timeCreated().isAfter(settled));
  }

  private Optional<AttributeValue> value(RecordedEvent event) {
    return event.changes().stream()
        .filter(change -> change.attribute().equals(path.rest().get(0)))
        .filter(change -> !JsonOrder.isSame(value(change, change.before()), after(change)))
        .findFirst()
        .map(change -> new AttributeValue(after(change), event.event()));
  }

  private JsonValue after(Change change) {
    return value(change, change.after());
  }

  private JsonValue value(Change change, JsonValue attribute) {
    return PathValues.in(Map.of(change.attribute(), attribute), path.rest());
  }
}

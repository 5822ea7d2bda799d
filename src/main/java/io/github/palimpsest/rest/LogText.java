package io.github.palimpsest.rest;

import io.github.palimpsest.Change;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as text for people, in the manner of {@code git log -p}. */
final class LogText {
  /** The media type of text for people. */
  static final String MEDIA_TYPE = "text/plain;charset=UTF-8";

  private LogText() {}

  /** Returns the events, each with its transaction, who, when, why and what changed. */
  static String events(List<RecordedEvent> events) {
    StringBuilder text = new StringBuilder();
    for (RecordedEvent each : events) {
      Event event = each.event();
      begin(text, event);
      text.append("Transaction: ").append(event.transaction()).append('\n');
      provenance(text, event.timeCreated(), event.provenance());
      changes(text, each);
    }
    return text.toString();
  }

  /** Returns what the events of a transaction have in common, then each of them. */
  static String transaction(Event first, List<Long> undoneBy, List<RecordedEvent> events) {
    StringBuilder text = new StringBuilder();
    text.append("transaction ").append(first.transaction()).append('\n');
    for (Long number : undoneBy) {
      text.append("Undone by:   ").append(number).append('\n');
    }
    provenance(text, first.timeCreated(), first.provenance());
    for (RecordedEvent each : events) {
      begin(text, each.event());
      changes(text, each);
    }
    return text.toString();
  }

  private static void begin(StringBuilder text, Event event) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append("event ")
        .append(event.position())
        .append(' ')
        .append(event.operation().text())
        .append(' ')
        .append(Printable.line(event.stream().contentType()))
        .append('/')
        .append(Printable.line(event.stream().objectId()))
        .append('\n');
  }

  private static void provenance(StringBuilder text, Instant time, Provenance provenance) {
    field(text, "Actor:       ", provenance.actor());
    field(text, "Date:        ", Views.iso(time));
    field(text, "Correlation: ", provenance.correlationId());
    if (provenance.reason() != null) {
      text.append('\n');
      provenance
          .reason()
          .lines()
          .forEach(line -> text.append("    ").append(Printable.line(line)).append('\n'));
    }
  }

  private static void field(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(name).append(Printable.line(value)).append('\n');
    }
  }

  private static void changes(StringBuilder text, RecordedEvent recorded) {
    Event event = recorded.event();
    text.append('\n');
    if (event.operation() == Operation.DOMAIN) {
      text.append('*')
          .append(Printable.line(String.valueOf(event.name())))
          .append(": ")
          .append(Printable.json(event.body().toString()))
          .append('\n');
    }
    for (Change change : recorded.changes()) {
      boolean isFirst = event.operation() == Operation.BASELINE && isNull(change.before());
      if (event.operation() != Operation.PERSIST && !isFirst) {
        value(text, '-', change.attribute(), change.before().toString());
      }
      if (event.operation() != Operation.REMOVE) {
        value(text, '+', change.attribute(), change.after().toString());
      }
    }
  }

  private static boolean isNull(JsonValue value) {
    return value.equals(JsonValue.NULL);
  }

  private static void value(StringBuilder text, char sign, String attribute, String json) {
    text.append(sign)
        .append(Printable.line(attribute))
        .append(": ")
        .append(Printable.json(json))
        .append('\n');
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as CloudEvents 1.0 in the JSON batch format. */
final class CloudEvents {
  /** CloudEvents 1.0 JSON format §4. */
  static final String BATCH = "application/cloudevents-batch+json";

  private static final String TYPE = "io.github.palimpsest.";
  private static final int REPLACEMENT = 0xFFFD;
  private static final JsonProvider JSON = JsonProvider.provider();

  private CloudEvents() {}

  /** Returns the batch; sources are below the address of the application. */
  static JsonArray batch(List<Event> events, UriInfo uri) {
    JsonArrayBuilder batch = JSON.createArrayBuilder();
    events.forEach(event -> batch.add(cloudEvent(event, uri)));
    return batch.build();
  }

  /** Attributes that have no value are left out (§3). */
  private static JsonObject cloudEvent(Event event, UriInfo uri) {
    Provenance provenance = event.provenance();
    JsonObjectBuilder attributes =
        JSON.createObjectBuilder()
            .add("specversion", "1.0")
            .add("id", Long.toString(event.position()))
            .add("source", source(event, uri))
            .add("type", type(event));
    add(attributes, "subject", event.stream().objectId());
    attributes
        .add("time", Views.iso(event.timeCreated()))
        .add("datacontenttype", "application/json")
        .add("transaction", Long.toString(event.transaction()));
    add(attributes, "actor", provenance.actor());
    add(attributes, "reason", provenance.reason());
    add(attributes, "correlationid", provenance.correlationId());
    return attributes.add("data", Views.body(event)).build();
  }

  private static String source(Event event, UriInfo uri) {
    return UriBuilder.fromPath(uri.getBaseUri().getRawPath())
        .path("types/{type}")
        .build(new Object[] {event.stream().contentType()}, true)
        .toString();
  }

  private static String type(Event event) {
    String name = event.name();
    return event.operation() == Operation.DOMAIN && name != null
        ? TYPE + "domain." + text(name)
        : TYPE + event.operation().text();
  }

  private static void add(JsonObjectBuilder attributes, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.add(name, text(value));
    }
  }

  /** The type String has no control characters and no noncharacters (§3.4). */
  private static String text(String value) {
    return value
        .codePoints()
        .map(character -> isAllowed(character) ? character : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isAllowed(int character) {
    int kind = Character.getType(character);
    boolean isNoncharacter =
        (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    return kind != Character.CONTROL && kind != Character.SURROGATE && !isNoncharacter;
  }
}

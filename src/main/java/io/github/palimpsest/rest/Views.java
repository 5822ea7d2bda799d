package io.github.palimpsest.rest;

import io.github.palimpsest.Change;
import io.github.palimpsest.Drift;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restored;
import io.github.palimpsest.Undone;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.TypeSummary;
import io.github.palimpsest.guard.BaselineProgress;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON shapes of answers: fixed key order, absent values null, instants in microseconds. */
final class Views {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Views() {}

  static JsonObject type(TypeSummary type) {
    return JSON.createObjectBuilder()
        .add("type", type.name())
        .add("objects", type.objects())
        .add("events", type.events())
        .add("first", instant(type.first()))
        .add("last", instant(type.last()))
        .build();
  }

  /** Names unknown attributes only if there are any. */
  static JsonObject state(State state, @Nullable Instant asOf, List<String> unknownAttributes) {
    JsonObjectBuilder view =
        JSON.createObjectBuilder()
            .add("type", state.stream().contentType())
            .add("id", state.stream().objectId())
            .add("asOf", instant(asOf))
            .add("position", state.position())
            .add("timeCreated", instant(state.timeCreated()))
            .add("operation", state.operation().text())
            .add("schemaVersion", state.schemaVersion())
            .add("state", JsonText.object(state.attributes()));
    if (!unknownAttributes.isEmpty()) {
      view.add("unknownAttributes", JSON.createArrayBuilder(unknownAttributes));
    }
    return view.build();
  }

  static JsonObject event(RecordedEvent recorded) {
    Event event = recorded.event();
    return provenance(event)
        .add("changes", changes(recorded.changes()))
        .add("body", body(event))
        .build();
  }

  /** As the feed tells it: without what it changed. */
  static JsonObject event(Event event) {
    return provenance(event).add("body", body(event)).build();
  }

  private static JsonObjectBuilder provenance(Event event) {
    Provenance provenance = event.provenance();
    return JSON.createObjectBuilder()
        .add("position", event.position())
        .add("timeCreated", instant(event.timeCreated()))
        .add("transaction", event.transaction())
        .add("type", event.stream().contentType())
        .add("id", event.stream().objectId())
        .add("operation", event.operation().text())
        .add("name", text(event.name()))
        .add("source", event.source())
        .add("actor", provenance.actor())
        .add("reason", text(provenance.reason()))
        .add("correlationId", text(provenance.correlationId()));
  }

  /** Which event gave a value: to be continued with the value. */
  static JsonObjectBuilder origin(Event event) {
    Provenance provenance = event.provenance();
    return JSON.createObjectBuilder()
        .add("position", event.position())
        .add("timeCreated", instant(event.timeCreated()))
        .add("transaction", event.transaction())
        .add("operation", event.operation().text())
        .add("source", event.source())
        .add("actor", provenance.actor())
        .add("reason", text(provenance.reason()))
        .add("correlationId", text(provenance.correlationId()));
  }

  /** An event that changed one attribute. */
  static JsonObject valueChange(RecordedEvent recorded) {
    Change change = recorded.changes().get(0);
    return origin(recorded.event()).add("old", change.before()).add("new", change.after()).build();
  }

  /** The first object is the one asked for; what came back with it follows as related. */
  static JsonObject restored(Restoration restoration, long position) {
    Restored restored = restoration.objects().get(0);
    return JSON.createObjectBuilder()
        .add("type", restored.contentType())
        .add("id", restored.objectId())
        .add("asOf", instant(restored.asOf()))
        .add("dryRun", restored.dryRun())
        .add("position", position)
        .add("operation", operation(restored))
        .add("changes", changes(restored.changes()))
        .add("notRestored", JSON.createArrayBuilder(restored.notRestored()))
        .add("related", restored(restoration.objects().stream().skip(1).toList()))
        .add("conflicts", JsonValue.EMPTY_JSON_ARRAY)
        .build();
  }

  static JsonObject restoredAll(
      String contentType, @Nullable Instant asOf, Restoration restoration) {
    JsonObjectBuilder view =
        JSON.createObjectBuilder().add("type", contentType).add("asOf", instant(asOf));
    return addTo(view, restoration).add("conflicts", JsonValue.EMPTY_JSON_ARRAY).build();
  }

  /** Events tell the rest; what they have in common comes first. */
  static JsonObject transaction(
      Event first, List<Long> undoneBy, List<RecordedEvent> events, @Nullable String next) {
    JsonArrayBuilder by = JSON.createArrayBuilder();
    undoneBy.forEach(by::add);
    JsonArrayBuilder items = JSON.createArrayBuilder();
    events.forEach(each -> items.add(event(each)));
    JsonObjectBuilder view =
        JSON.createObjectBuilder()
            .add("transaction", first.transaction())
            .add("timeCreated", instant(first.timeCreated()))
            .add("actor", first.provenance().actor())
            .add("reason", text(first.provenance().reason()))
            .add("correlationId", text(first.provenance().correlationId()))
            .add("undoneBy", by)
            .add("items", items);
    if (next != null) {
      view.add("next", next);
    }
    return view.build();
  }

  static JsonObject undone(Undone undone) {
    JsonArrayBuilder conflicts = JSON.createArrayBuilder();
    undone
        .conflicts()
        .forEach(
            each ->
                conflicts.add(
                    JSON.createObjectBuilder()
                        .add("type", each.contentType())
                        .add("id", each.objectId())
                        .add("attribute", text(each.attribute()))
                        .add("detail", each.detail())));
    JsonArrayBuilder domainEvents = JSON.createArrayBuilder();
    undone
        .domainEvents()
        .forEach(each -> domainEvents.add(event(new RecordedEvent(each, List.of()))));
    JsonObjectBuilder view = JSON.createObjectBuilder().add("transaction", undone.transaction());
    return addTo(view, undone.restoration())
        .add("conflictCount", undone.conflictCount())
        .add("conflicts", conflicts)
        .add("domainEventCount", undone.domainEventCount())
        .add("domainEvents", domainEvents)
        .build();
  }

  private static JsonObjectBuilder addTo(JsonObjectBuilder view, Restoration restoration) {
    return view.add("dryRun", restoration.isDryRun())
        .add("created", restoration.created())
        .add("changed", restoration.changed())
        .add("removed", restoration.removed())
        .add("items", restored(restoration.objects()));
  }

  private static JsonArrayBuilder restored(List<Restored> objects) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    objects.forEach(
        each ->
            items.add(
                JSON.createObjectBuilder()
                    .add("type", each.contentType())
                    .add("id", each.objectId())
                    .add("operation", operation(each))
                    .add("changes", changes(each.changes()))
                    .add("notRestored", JSON.createArrayBuilder(each.notRestored()))));
    return items;
  }

  private static JsonValue operation(Restored restored) {
    return restored.operation() == null
        ? JsonValue.NULL
        : JsonText.string(restored.operation().text());
  }

  static JsonObject baseline(String contentType, long recorded) {
    return JSON.createObjectBuilder().add("type", contentType).add("recorded", recorded).build();
  }

  static JsonObject progress(String contentType, BaselineProgress progress) {
    return JSON.createObjectBuilder()
        .add("type", contentType)
        .add("running", progress.isRunning())
        .add("rows", progress.rows())
        .add("recorded", progress.recorded())
        .build();
  }

  static JsonObject drift(String contentType, Drift drift, @Nullable String next) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    drift
        .objects()
        .forEach(
            each ->
                items.add(
                    JSON.createObjectBuilder()
                        .add("id", each.objectId())
                        .add("kind", each.kind().name().toLowerCase(Locale.ROOT))
                        .add("attributes", JSON.createArrayBuilder(each.attributes()))));
    JsonObjectBuilder view =
        JSON.createObjectBuilder()
            .add("type", contentType)
            .add("compared", drift.compared())
            .add("missing", drift.missing())
            .add("extra", drift.extra())
            .add("different", drift.different())
            .add("items", items);
    if (next != null) {
      view.add("next", next);
    }
    return view.build();
  }

  static JsonObject reconciled(String contentType, Reconciled reconciled) {
    return JSON.createObjectBuilder()
        .add("type", contentType)
        .add("dryRun", reconciled.dryRun())
        .add("missing", reconciled.missing())
        .add("extra", reconciled.extra())
        .add("different", reconciled.different())
        .build();
  }

  /** Of several databases one after the other. */
  static JsonObject guard(Optional<GuardMode> mode, List<GuardReport> reports) {
    JsonArrayBuilder types = JSON.createArrayBuilder();
    JsonArrayBuilder surplus = JSON.createArrayBuilder();
    for (GuardReport report : reports) {
      report
          .types()
          .forEach(
              type ->
                  types.add(
                      JSON.createObjectBuilder()
                          .add("type", type.contentType())
                          .add("tables", JSON.createArrayBuilder(type.tables()))
                          .add("problems", JSON.createArrayBuilder(type.problems()))));
      report.surplus().forEach(surplus::add);
    }
    return JSON.createObjectBuilder()
        .add("mode", mode.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("off"))
        .add("types", types)
        .add("surplus", surplus)
        .build();
  }

  static JsonObject page(Collection<JsonObject> items, @Nullable String next) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    items.forEach(array::add);
    JsonObjectBuilder page = JSON.createObjectBuilder().add("items", array);
    if (next != null) {
      page.add("next", next);
    }
    return page.build();
  }

  /** The name of a domain event comes first in its body, as {@code type}. */
  static JsonObject body(Event event) {
    if (event.operation() != Operation.DOMAIN) {
      return event.body();
    }
    JsonObjectBuilder body = JSON.createObjectBuilder().add("type", text(event.name()));
    event.body().forEach(body::add);
    return body.build();
  }

  static JsonArray changes(List<Change> changes) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    changes.forEach(
        change ->
            array.add(
                JSON.createObjectBuilder()
                    .add("attribute", change.attribute())
                    .add("old", change.before())
                    .add("new", change.after())));
    return array.build();
  }

  static String iso(Instant instant) {
    return MICROS.format(instant);
  }

  static JsonValue instant(@Nullable Instant instant) {
    return instant == null ? JsonValue.NULL : JsonText.string(iso(instant));
  }

  static JsonValue text(@Nullable String text) {
    return text == null ? JsonValue.NULL : JsonText.string(text);
  }
}

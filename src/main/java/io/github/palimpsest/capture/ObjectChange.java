package io.github.palimpsest.capture;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.UnassignedIdException;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one transaction has done to one object so far, over all its flushes. */
final class ObjectChange {
  private enum Fate {
    /** Existed before and still does. */
    CHANGED,
    /** Did not exist before, does now. */
    CREATED,
    /** Existed before, was removed, and exists again with another state. */
    REPLACED,
    /** Existed before, does not any more. */
    REMOVED,
    /** Neither existed before nor does now. */
    VANISHED
  }

  private final EntityModel model;
  private final StreamId stream;
  private final Map<String, Value> values = new TreeMap<>();
  private Fate fate;
  private @Nullable String baseline;

  private ObjectChange(EntityModel model, StreamId stream, Fate fate) {
    this.model = model;
    this.stream = stream;
    this.fate = fate;
  }

  /** Starts with an object whose first change in this transaction is about to be told. */
  static ObjectChange of(EntityModel model, StreamId stream, boolean isNew) {
    return new ObjectChange(model, stream, isNew ? Fate.VANISHED : Fate.CHANGED);
  }

  void persisted(Map<String, Supplier<String>> state) {
    fate = fate == Fate.VANISHED || fate == Fate.CREATED ? Fate.CREATED : Fate.REPLACED;
    values.clear();
    state.forEach((name, text) -> values.put(name, new Value(null, null, text)));
  }

  void updated(
      String attribute, @Nullable String before, @Nullable String loaded, Supplier<String> after) {
    values.merge(
        attribute,
        new Value(before, loaded, after),
        (first, last) -> new Value(first.before(), first.loaded(), last.after()));
  }

  boolean existedBefore() {
    return fate == Fate.CHANGED;
  }

  /** Returns whether its state was taken for a deletion that has not come yet. */
  boolean isBeingRemoved() {
    return fate == Fate.CHANGED && baseline != null;
  }

  /** Takes the full state that the row has before it is deleted: its history has none. */
  void removing(String state) {
    if (fate == Fate.CHANGED && baseline == null) {
      SortedMap<String, JsonValue> attributes = new TreeMap<>(JsonText.parse(state).asJsonObject());
      attributes.putAll(JsonText.parse(loaded()).asJsonObject());
      baseline = JsonText.object(attributes).toString();
    }
  }

  void removed() {
    fate = fate == Fate.CREATED || fate == Fate.VANISHED ? Fate.VANISHED : Fate.REMOVED;
    values.clear();
  }

  /**
   * Returns the one event that tells it all, after the baseline that it needs; nothing if nothing
   * changed.
   */
  List<NewEvent> events() {
    return switch (fate) {
      case CREATED -> List.of(persist());
      case REPLACED -> afterBaseline(persist());
      case REMOVED -> afterBaseline(event(Operation.REMOVE, Source.JPA, "{}"));
      case VANISHED -> List.of();
      case CHANGED -> changedMoreThanItsVersion() ? List.of(update()) : List.of();
    };
  }

  private List<NewEvent> afterBaseline(NewEvent event) {
    return baseline == null
        ? List.of(event)
        : List.of(event(Operation.BASELINE, Source.DATABASE, baseline), event);
  }

  private NewEvent persist() {
    return event(Operation.PERSIST, Source.JPA, body(false));
  }

  private NewEvent update() {
    return new NewEvent(
        stream, Operation.UPDATE, null, Source.JPA, model.schemaVersion(), body(true), loaded());
  }

  private NewEvent event(Operation operation, Source source, String body) {
    return new NewEvent(stream, operation, null, source, model.schemaVersion(), body);
  }

  private boolean changedMoreThanItsVersion() {
    return values.entrySet().stream()
        .anyMatch(each -> !isVersion(each.getKey()) && isChanged(each.getKey(), each.getValue()));
  }

  private boolean isVersion(String attribute) {
    return model.attribute(attribute).orElseThrow().isVersion();
  }

  private boolean isChanged(String attribute, Value value) {
    String before = value.before();
    return before == null || !JsonText.same(before, after(attribute, value));
  }

  private String body(boolean onlyChanged) {
    StringBuilder json = new StringBuilder();
    values.forEach(
        (attribute, value) -> {
          if (!onlyChanged || isChanged(attribute, value)) {
            json.append(json.isEmpty() ? '{' : ',');
            JsonText.quote(attribute, json);
            json.append(':').append(after(attribute, value));
          }
        });
    return json.isEmpty() ? "{}" : json.append('}').toString();
  }

  /** What it was before, as far as it is known. */
  private String loaded() {
    StringBuilder json = new StringBuilder();
    values.forEach(
        (attribute, value) -> {
          if (value.loaded() != null) {
            json.append(json.isEmpty() ? '{' : ',');
            JsonText.quote(attribute, json);
            json.append(':').append(value.loaded());
          }
        });
    return json.isEmpty() ? "{}" : json.append('}').toString();
  }

  private String after(String attribute, Value value) {
    try {
      return value.after().get();
    } catch (UnassignedIdException e) {
      throw new CaptureFailedException(
          "Attribute %s of %s cannot be recorded: %s.".formatted(attribute, stream, e.getMessage()),
          e);
    }
  }

  /**
   * An attribute's JSON text.
   *
   * @param before at the start of the transaction; null when it is not known
   * @param loaded as the provider had loaded it: {@code before}, or what may be staler than that
   * @param after now
   */
  private record Value(@Nullable String before, @Nullable String loaded, Supplier<String> after) {}
}

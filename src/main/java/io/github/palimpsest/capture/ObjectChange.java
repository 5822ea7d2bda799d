package io.github.palimpsest.capture;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.UnassignedIdException;
import java.util.Map;
import java.util.Optional;
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
    state.forEach((name, text) -> values.put(name, new Value(null, text)));
  }

  void updated(String attribute, @Nullable String before, Supplier<String> after) {
    values.merge(
        attribute,
        new Value(before, after),
        (first, last) -> new Value(first.before(), last.after()));
  }

  void removed() {
    fate = fate == Fate.CREATED || fate == Fate.VANISHED ? Fate.VANISHED : Fate.REMOVED;
    values.clear();
  }

  /** Returns the one event that tells it all; empty if nothing changed. */
  Optional<NewEvent> event() {
    return switch (fate) {
      case CREATED, REPLACED -> Optional.of(event(Operation.PERSIST, body(false)));
      case REMOVED -> Optional.of(event(Operation.REMOVE, "{}"));
      case VANISHED -> Optional.empty();
      case CHANGED ->
          changedMoreThanItsVersion()
              ? Optional.of(event(Operation.UPDATE, body(true)))
              : Optional.empty();
    };
  }

  private NewEvent event(Operation operation, String body) {
    return new NewEvent(stream, operation, null, Source.JPA, model.schemaVersion(), body);
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
   * @param after now
   */
  private record Value(@Nullable String before, Supplier<String> after) {}
}

package io.github.palimpsest.restore;

import io.github.palimpsest.Change;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.Restored;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Restores entities, in the caller's transaction. For one thread. */
public final class Restorer {
  private final Rebuilder rebuilder;
  private final LiveEntities live;

  /** Creates a restorer. */
  public Restorer(Rebuilder rebuilder, LiveEntities live) {
    this.rebuilder = rebuilder;
    this.live = live;
  }

  /**
   * Makes one object equal to an old state: changes it, or creates it again under its id.
   *
   * @param reason recorded with the change
   * @param expected the position of its last state change that the caller knows, if it matters
   * @param dryRun whether only to tell what would change
   * @throws StreamNotFoundException if it did not exist by then
   * @throws StreamDeletedException if it was removed by then
   * @throws PositionChangedException if it is not at {@code expected}
   * @throws ConflictException if a referenced object does not exist now
   * @throws UnreadableEventException if the state does not fit the class
   * @throws UnknownTypeException if no entity class has this content type
   */
  public Restored restore(
      StreamId stream, Target target, String reason, OptionalLong expected, boolean dryRun) {
    EntityModel model = model(stream.contentType());
    State state =
        rebuilder
            .at(stream, target.bound())
            .orElseThrow(
                () -> new StreamNotFoundException(stream.contentType(), stream.objectId()));
    if (state.isTombstone()) {
      throw new StreamDeletedException(stream.contentType(), stream.objectId(), state.position());
    }
    Optional<Object> entity = live.find(model, stream.objectId());
    requirePosition(stream, expected);
    live.reason(reason);
    MissingReferences references = new MissingReferences(live.references());
    Applied applied = apply(model, entity, state, references, dryRun);
    references.requireNone();
    return restored(state, target, dryRun, applied);
  }

  /**
   * Restores every object of a type that existed at {@code asOf}, which the caller has settled;
   * objects created later stay as they are.
   *
   * @return one element for each object that changed or has masked attributes that differ
   * @throws ConflictException if referenced objects do not exist now
   * @throws UnreadableEventException if a state does not fit the class
   * @throws UnknownTypeException if no entity class has this content type
   */
  public List<Restored> restoreAll(
      String contentType, Instant asOf, String reason, boolean dryRun) {
    EntityModel model = model(contentType);
    live.reason(reason);
    MissingReferences references = new MissingReferences(live.references());
    List<Restored> restored = new ArrayList<>();
    List<StreamId> incomplete = new ArrayList<>();
    references.leaveOpen(model.entityClass());
    rebuilder
        .all(contentType, asOf, "")
        .forEach(
            state -> {
              Applied applied = apply(model, find(model, state), state, references, dryRun);
              if (!applied.changes().isEmpty() || !applied.notRestored().isEmpty()) {
                restored.add(restored(state, Target.asOf(asOf), dryRun, applied));
              }
              if (references.hasLeftOpen()) {
                incomplete.add(state.stream());
              }
            });
    references.requireAll();
    if (!dryRun) {
      complete(model, incomplete, Target.asOf(asOf), references);
    }
    references.requireNone();
    return restored;
  }

  /** Sets the references within the type, now that all its objects are there. */
  private void complete(
      EntityModel model, List<StreamId> streams, Target target, MissingReferences references) {
    for (StreamId stream : streams) {
      State state = rebuilder.at(stream, target.bound()).orElseThrow();
      apply(model, find(model, state), state, references, false);
    }
  }

  private Optional<Object> find(EntityModel model, State state) {
    return live.find(model, state.stream().objectId());
  }

  private EntityModel model(String contentType) {
    return live.models().of(contentType).orElseThrow(() -> new UnknownTypeException(contentType));
  }

  private void requirePosition(StreamId stream, OptionalLong expected) {
    long actual = expected.isPresent() ? rebuilder.position(stream) : 0;
    if (expected.isPresent() && expected.getAsLong() != actual) {
      throw new PositionChangedException(
          stream.contentType(), stream.objectId(), expected.getAsLong(), actual);
    }
  }

  /** What one object's restore comes to. */
  private record Applied(List<Change> changes, List<String> notRestored) {}

  private Applied apply(
      EntityModel model,
      Optional<Object> entity,
      State state,
      MissingReferences references,
      boolean dryRun) {
    List<String> unknown = model.unknownAttributes(state.attributes());
    if (!unknown.isEmpty()) {
      throw new UnreadableEventException(
          state.stream().contentType(),
          state.stream().objectId(),
          "the class has no attribute " + String.join(", ", unknown),
          null);
    }
    references.from(state.stream());
    try {
      Object old = model.instantiate(state.attributes(), references);
      entity.ifPresent(living -> model.keepMasked(living, old));
      List<Change> changes = changes(model, entity, old, state);
      if (!dryRun && references.isComplete() && !changes.isEmpty()) {
        write(model, entity, state, old, changes, references);
      }
      return new Applied(changes, notRestored(model, old, state));
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          state.stream().contentType(),
          state.stream().objectId(),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /**
   * Both sides go through the same codecs, so only what differs in the database differs here. The
   * version is the provider's, and no part of what is restored.
   */
  private static List<Change> changes(
      EntityModel model, Optional<Object> entity, Object old, State state) {
    Map<String, JsonValue> before = new TreeMap<>();
    Map<String, JsonValue> after = new TreeMap<>();
    for (Attribute attribute : model.attributes()) {
      JsonValue value = state.attributes().get(attribute.name());
      if (value != null && !attribute.isVersion()) {
        entity.ifPresent(
            live -> before.put(attribute.name(), JsonText.parse(attribute.text(live))));
        after.put(attribute.name(), JsonText.parse(attribute.text(old)));
      }
    }
    return Difference.between(before, after);
  }

  private static List<String> notRestored(EntityModel model, Object old, State state) {
    return model.maskedPaths().stream()
        .filter(path -> !valueAt(path, state.attributes()).equals(valueAt(path, model, old)))
        .toList();
  }

  private static JsonValue valueAt(String path, EntityModel model, Object entity) {
    String name = path.split("\\.", 2)[0];
    Attribute attribute = model.attribute(name).orElseThrow();
    return valueAt(path, Map.of(name, JsonText.parse(attribute.text(entity))));
  }

  /** Null where there is nothing. */
  private static JsonValue valueAt(String path, Map<String, JsonValue> state) {
    String[] steps = path.split("\\.", 2);
    JsonValue value = state.getOrDefault(steps[0], JsonValue.NULL);
    if (steps.length == 1) {
      return value;
    }
    return value instanceof JsonObject object ? valueAt(steps[1], object) : JsonValue.NULL;
  }

  private void write(
      EntityModel model,
      Optional<Object> entity,
      State state,
      Object old,
      List<Change> changes,
      MissingReferences references) {
    if (entity.isEmpty()) {
      live.create(model, state.attributes(), references);
    } else {
      live.change(model, entity.get(), changes.stream().map(Change::attribute).toList(), old);
    }
  }

  private static Restored restored(State state, Target target, boolean dryRun, Applied applied) {
    return new Restored(
        state.stream().contentType(),
        state.stream().objectId(),
        target.asOf(),
        dryRun,
        applied.changes(),
        applied.notRestored());
  }
}

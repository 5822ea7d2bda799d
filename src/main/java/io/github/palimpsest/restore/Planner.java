package io.github.palimpsest.restore;

import io.github.palimpsest.Change;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.KeyedCodec;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds out what makes an object as it shall be; locks its row and changes nothing. */
final class Planner {
  private final LiveEntities live;

  Planner(LiveEntities live) {
    this.live = live;
  }

  /**
   * Returns what there is to do, in the order of the goals.
   *
   * @throws UnreadableEventException if an old state does not fit the class
   * @throws ConflictException if only parts are wanted of an object that is not there
   */
  List<Step> plan(Collection<Goal> goals) {
    goals.forEach(Planner::requireKnown);
    Map<StreamId, Object> found = ByType.find(live, goals.stream().map(Goal::stream).toList());
    return goals.stream()
        .map(goal -> planned(goal, Optional.ofNullable(found.get(goal.stream()))))
        .toList();
  }

  private Step planned(Goal goal, Optional<Object> entity) {
    if (entity.isEmpty() && !goal.isWhole()) {
      throw new ConflictException(
          List.of(
              "%s does not exist, and only a whole object comes back.".formatted(goal.stream())));
    }
    return readable(goal.stream(), () -> plan(goal, entity));
  }

  /**
   * Returns what {@code work} makes of an old state.
   *
   * @throws UnreadableEventException if the state does not fit the class
   */
  static <R> R readable(StreamId stream, Supplier<R> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          stream.contentType(), stream.objectId(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireKnown(Goal goal) {
    List<String> unknown = goal.model().unknownAttributes(goal.wanted());
    if (!unknown.isEmpty()) {
      throw new UnreadableEventException(
          goal.stream().contentType(),
          goal.stream().objectId(),
          "the class has no attribute " + String.join(", ", unknown),
          null);
    }
  }

  private Step plan(Goal goal, Optional<Object> entity) {
    Map<String, JsonValue> wanted = goal.wanted();
    Object old = goal.model().instantiate(wanted, live.models()::stub);
    entity.ifPresent(living -> goal.model().keepMasked(living, old));
    List<Change> changes = changes(goal.model(), entity, old, wanted);
    return new Step(
        goal,
        entity,
        changes,
        notRestored(goal.model(), entity, old, wanted),
        entity.isPresent()
            || compared(goal.model(), wanted).allMatch(attribute -> attribute.isInsertedWhole(old)),
        references(goal.model(), changes.stream().map(Change::attribute).toList(), wanted));
  }

  /**
   * Both sides go through the same codecs, so only what differs in the database differs here. The
   * version is the provider's, and no part of what is restored.
   */
  private static List<Change> changes(
      EntityModel model, Optional<Object> entity, Object old, Map<String, JsonValue> wanted) {
    Map<String, JsonValue> before = new TreeMap<>();
    Map<String, JsonValue> after = new TreeMap<>();
    for (Attribute attribute : model.attributes()) {
      JsonValue value = wanted.get(attribute.name());
      if (value != null && !attribute.isVersion()) {
        entity.ifPresent(living -> before.put(attribute.name(), value(attribute, living)));
        after.put(attribute.name(), reachable(attribute, entity, old, value));
      }
    }
    return Difference.between(before, after);
  }

  /** What an update does not write stays as it is. */
  private static JsonValue reachable(
      Attribute attribute, Optional<Object> entity, Object old, JsonValue wanted) {
    if (isKeyed(attribute)) {
      return wanted;
    }
    if (entity.isEmpty() || attribute.isUpdatedWhole()) {
      return value(attribute, old);
    }
    return JsonText.parse(attribute.updatedText(attribute.text(entity.get()), attribute.text(old)));
  }

  /** Its keys are attributes of the entities it refers to, which may not be there yet. */
  static boolean isKeyed(Attribute attribute) {
    return attribute.plainCodec() instanceof KeyedCodec;
  }

  /** Returns all values that an entity has now, without its version. */
  static Map<String, JsonValue> values(EntityModel model, Object entity) {
    Map<String, JsonValue> values = new TreeMap<>();
    for (Attribute attribute : model.attributes()) {
      if (!attribute.isVersion()) {
        values.put(attribute.name(), value(attribute, entity));
      }
    }
    return values;
  }

  /** Returns the value that an entity has now. */
  static JsonValue value(Attribute attribute, Object entity) {
    return JsonText.parse(attribute.text(entity));
  }

  private Map<Reference, Set<String>> references(
      EntityModel model, List<String> names, Map<String, JsonValue> wanted) {
    Map<Reference, Set<String>> found = new LinkedHashMap<>();
    for (String name : names) {
      if (!model.attribute(name).orElseThrow().isBasic()) {
        model.instantiate(
            Map.of(name, wanted.getOrDefault(name, JsonValue.NULL)),
            (entityClass, key) -> {
              found
                  .computeIfAbsent(new Reference(entityClass, key), each -> new LinkedHashSet<>())
                  .add(name);
              return live.models().stub(entityClass, key);
            });
      }
    }
    return found;
  }

  /** Masked, or written by no update. */
  private static List<String> notRestored(
      EntityModel model, Optional<Object> entity, Object old, Map<String, JsonValue> wanted) {
    Stream<String> masked =
        model.maskedPaths().stream()
            .filter(path -> wanted.containsKey(path.split("\\.", 2)[0]))
            .filter(path -> !valueAt(path, wanted).equals(valueAt(path, model, old)));
    Stream<String> unwritten =
        compared(model, wanted)
            .filter(attribute -> !attribute.isUpdatedWhole())
            .filter(attribute -> isUnwritten(attribute, entity, old))
            .map(Attribute::name);
    return Stream.concat(masked, unwritten).distinct().sorted().toList();
  }

  private static Stream<Attribute> compared(EntityModel model, Map<String, JsonValue> wanted) {
    return model.attributes().stream()
        .filter(attribute -> wanted.containsKey(attribute.name()))
        .filter(attribute -> !attribute.isVersion() && !isKeyed(attribute));
  }

  private static boolean isUnwritten(Attribute attribute, Optional<Object> entity, Object old) {
    return entity
        .filter(
            living ->
                !JsonText.same(
                    attribute.text(old),
                    attribute.updatedText(attribute.text(living), attribute.text(old))))
        .isPresent();
  }

  private static JsonValue valueAt(String path, EntityModel model, Object entity) {
    String name = path.split("\\.", 2)[0];
    return valueAt(path, Map.of(name, value(model.attribute(name).orElseThrow(), entity)));
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
}

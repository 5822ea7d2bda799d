package io.github.palimpsest.guard;

import io.github.palimpsest.DriftedObject;
import io.github.palimpsest.DriftedObject.Kind;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object as its row and as history have it. Pure.
 *
 * @param live the row's full state; null if there is none
 * @param rebuilt history's state, maybe a tombstone; null if there is none
 */
record Comparison(String objectId, @Nullable JsonObject live, @Nullable State rebuilt) {
  static Comparison of(String objectId, @Nullable String live, @Nullable State rebuilt) {
    return new Comparison(
        objectId, live == null ? null : JsonText.parse(live).asJsonObject(), rebuilt);
  }

  /** Returns in what they differ; empty if they do not. */
  Optional<DriftedObject> drift(EntityModel model) {
    boolean isKnown = rebuilt != null && !rebuilt.isTombstone();
    if (live == null) {
      return isKnown ? drifted(Kind.MISSING, List.of()) : Optional.empty();
    }
    if (!isKnown) {
      return drifted(Kind.EXTRA, List.of());
    }
    List<String> names = differing();
    return names.stream().allMatch(name -> isVersion(model, name))
        ? Optional.empty()
        : drifted(Kind.DIFFERENT, names);
  }

  /** Returns the row's values of the attributes that differ, or its full state: JSON text. */
  String body(boolean isFull) {
    if (isFull || live == null) {
      return live == null ? "{}" : live.toString();
    }
    Map<String, JsonValue> values = new TreeMap<>(live);
    values.keySet().retainAll(differing());
    return JsonText.object(values).toString();
  }

  /** What history knows and the class no longer has is no difference. */
  private List<String> differing() {
    List<String> names = new ArrayList<>();
    if (live != null && rebuilt != null) {
      Difference.between(rebuilt.attributes(), live).stream()
          .map(change -> change.attribute())
          .filter(live::containsKey)
          .forEach(names::add);
    }
    return names;
  }

  private Optional<DriftedObject> drifted(Kind kind, List<String> attributes) {
    return Optional.of(new DriftedObject(objectId, kind, attributes));
  }

  private static boolean isVersion(EntityModel model, String name) {
    return model.attribute(name).map(Attribute::isVersion).orElse(false);
  }
}

package io.github.palimpsest.restore;

import io.github.palimpsest.state.Accessor;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity to be created under the id that it has.
 *
 * @param copy an instance, not managed, that has its values
 * @param restored the names of the attributes that it has them of
 * @param collections the names of those that its row does not hold
 */
public record NewEntity(Object copy, Collection<String> restored, Collection<String> collections) {
  public NewEntity {
    restored = List.copyOf(restored);
    collections = List.copyOf(collections);
  }

  /**
   * Returns one.
   *
   * @param state what {@code copy} was made from
   */
  static NewEntity of(EntityModel model, Object copy, Map<String, JsonValue> state) {
    List<String> collections = CollectionAttributes.of(model, state);
    List<String> restored =
        model.attributes().stream()
            .filter(each -> !each.isVersion() && each.maskedPaths().isEmpty())
            .map(Attribute::name)
            .filter(state::containsKey)
            .filter(name -> !model.identifier().shape().containsKey(name))
            .filter(name -> !collections.contains(name))
            .toList();
    return new NewEntity(copy, restored, collections);
  }

  /**
   * Runs what calls the application's callbacks before an insert, and gives back to the attributes
   * what they shall have: a callback that says when an entity was created means its first creation.
   */
  public void calledBack(EntityModel model, Runnable callbacks) {
    Map<Accessor, @Nullable Object> values = new HashMap<>();
    for (String name : restored) {
      Accessor accessor = model.attribute(name).orElseThrow().accessor();
      values.put(accessor, accessor.get(copy));
    }
    callbacks.run();
    values.forEach(
        (accessor, value) -> {
          if (accessor.get(copy) != value) {
            accessor.set(copy, value);
          }
        });
  }
}

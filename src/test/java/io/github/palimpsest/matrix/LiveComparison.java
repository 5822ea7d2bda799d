package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TreeMap;

/** Compares states with what a fresh persistence context finds. */
record LiveComparison(TestUnit unit, EntityModels models, Picture picture) {
  /**
   * A rebuilt state against a fresh entity: as text, and as an entity made from it.
   *
   * @param isWithoutVersion whether the version may have moved on
   */
  void compare(StreamId stream, State state, boolean isWithoutVersion) {
    EntityModel model = models.of(stream.contentType()).orElseThrow();
    unit.factory().getCache().evictAll();
    unit.commit(
        em -> {
          Object key = model.identifier().primaryKey(stream.objectId());
          Object live = em.find(model.entityClass(), key);
          assertThat(live == null).as("%s is gone", stream).isEqualTo(state.isTombstone());
          if (live != null) {
            Map<String, String> differences = differences(em, model, state, live);
            model.attributes().stream()
                .filter(each -> each.isVersion() && isWithoutVersion)
                .forEach(version -> differences.remove(version.name()));
            assertThat(differences).as("%s", stream).isEmpty();
          }
        });
  }

  private Map<String, String> differences(
      EntityManager em, EntityModel model, State state, Object live) {
    Map<String, String> differences = new TreeMap<>();
    Object made = model.instantiate(state.attributes(), em::find);
    for (Attribute attribute : model.attributes()) {
      JsonValue then = state.attributes().get(attribute.name());
      String now = attribute.text(live);
      if (then == null || !JsonOrder.isSame(JsonText.parse(now), then)) {
        differences.put(attribute.name(), "rebuilt %s, but is %s".formatted(then, now));
      }
      String was = picture(attribute, made);
      String is = picture(attribute, live);
      if (!attribute.isVersion() && !was.equals(is)) {
        differences.put(attribute.name() + " as object", "made %s, but is %s".formatted(was, is));
      }
    }
    return differences;
  }

  private String picture(Attribute attribute, Object owner) {
    Object value = attribute.accessor().get(owner);
    return attribute.isOrdered() ? picture.ofOrdered(value) : picture.of(value);
  }
}

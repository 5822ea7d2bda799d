package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one object shall be.
 *
 * @param state an old state, as today's class knows it
 * @param only the attributes of it that count; empty for the whole object
 */
record Goal(EntityModel model, State state, Set<String> only) {
  StreamId stream() {
    return state.stream();
  }

  boolean isWhole() {
    return only.isEmpty();
  }

  /** Returns the attributes that the object shall have. */
  SortedMap<String, JsonValue> wanted() {
    if (isWhole()) {
      return state.attributes();
    }
    SortedMap<String, JsonValue> wanted = new TreeMap<>(state.attributes());
    wanted.keySet().retainAll(only);
    return wanted;
  }
}

package io.github.palimpsest;

import jakarta.json.JsonObject;

/**
 * Turns a state that one version of an entity class wrote into what the next version would have
 * written. Annotate the class with {@link Upcaster}: the container finds it by that alone; Java SE
 * by a service file {@code META-INF/services/io.github.palimpsest.StateUpcaster}.
 *
 * <p>Must be pure and safe for threads: the same state gives the same result for ever, without a
 * look at anything else. Stored events never change; every read upcasts again.
 */
@FunctionalInterface
public interface StateUpcaster {
  /**
   * Returns the state as the next version of the class writes it.
   *
   * @param state attribute to value; an attribute that the class never wrote is not there
   */
  JsonObject upcast(JsonObject state);

  /**
   * Returns the changes of an update that an older node wrote after a newer node had written the
   * same object, as the next version names them. Override it where {@link #upcast} makes up
   * attributes that the changes do not tell, such as a default: they would overwrite what the newer
   * node wrote.
   *
   * @param changes the changed attributes with their new values, no others
   */
  default JsonObject upcastChanges(JsonObject changes) {
    return upcast(changes);
  }
}

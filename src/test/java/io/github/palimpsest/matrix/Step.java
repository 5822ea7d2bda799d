package io.github.palimpsest.matrix;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation on an entity and the events that its transaction must leave, no more and no less.
 *
 * @param name what is done, as the table says it
 * @param work does it, within a transaction
 * @param events {@code operation type/id body} each, with {@code $n} for the number of the object
 * @param others what is expected instead on a provider that stores something else, and why
 * @param limits on a provider that cannot do it: where that is documented
 * @param restoreLimits on a provider on which what was before cannot be restored: why
 */
record Step<E>(
    String name,
    Kind.Work<E> work,
    List<String> events,
    Map<Variant, Other> others,
    Map<Variant, String> limits,
    Map<Variant, String> restoreLimits) {
  /** What a provider stores that differs from the others, and why that is so. */
  record Other(String reason, List<String> events) {}

  Step(String name, Kind.Work<E> work, List<String> events) {
    this(name, work, List.copyOf(events), Map.of(), Map.of(), Map.of());
  }

  Step<E> on(Variant variant, String reason, List<String> instead) {
    Map<Variant, Other> more = new HashMap<>(others);
    more.put(variant, new Other(reason, instead));
    return new Step<>(name, work, events, more, limits, restoreLimits);
  }

  Step<E> limit(Variant variant, String reason) {
    Map<Variant, String> more = new HashMap<>(limits);
    more.put(variant, reason);
    return new Step<>(name, work, events, others, more, restoreLimits);
  }

  Step<E> restoreLimit(Variant variant, String reason) {
    Map<Variant, String> more = new HashMap<>(restoreLimits);
    more.put(variant, reason);
    return new Step<>(name, work, events, others, limits, more);
  }

  /** Returns whether there is something before it that can be restored. */
  boolean isPersist() {
    return name.equals(Kind.PERSIST);
  }

  List<String> events(Variant variant) {
    Other other = others.get(variant);
    return other == null ? events : other.events();
  }

  void run(EntityManager entities, E entity, int number) {
    work.on(entities, entity, number);
  }
}

package io.github.palimpsest.matrix;

import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One kind of mapping: how an entity with it is made, changed and removed, and what must be
 * recorded then. Values are written down here as JSON, apart from the codecs that write them.
 * Immutable.
 */
public final class Kind<E> {
  /** Makes the entity number {@code number}, and persists what it refers to. */
  @FunctionalInterface
  public interface Maker<E> {
    /** Returns it, not yet persisted. */
    E make(EntityManager entities, int number);
  }

  /** Does something with an entity in a transaction. */
  @FunctionalInterface
  public interface Work<E> {
    /** Does it with the managed entity number {@code number}. */
    void on(EntityManager entities, E entity, int number);
  }

  /** The name of the first step. */
  static final String PERSIST = "persist";

  private final String name;
  private final String type;
  private final Class<E> entityClass;
  private final Maker<E> maker;
  private final String id;
  private final List<Step<E>> steps;
  private final Set<JpaProvider> notInSql;

  private Kind(
      String name,
      String type,
      Class<E> entityClass,
      Maker<E> maker,
      String id,
      List<Step<E>> steps,
      Set<JpaProvider> notInSql) {
    this.name = name;
    this.type = type;
    this.entityClass = entityClass;
    this.maker = maker;
    this.id = id;
    this.steps = List.copyOf(steps);
    this.notInSql = notInSql;
  }

  /**
   * Returns a kind whose entity has its number as id.
   *
   * @param state recorded for a new one; attributes that it does not name are empty, or the id
   */
  public static <E> Kind<E> of(String name, Class<E> entityClass, Maker<E> maker, String state) {
    return of(name, entityClass, maker, "$n", state);
  }

  /**
   * Returns a kind.
   *
   * @param id the object id, with {@code $n} for the number
   * @param state recorded for a new one; attributes that it does not name are empty, or the id
   */
  public static <E> Kind<E> of(
      String name, Class<E> entityClass, Maker<E> maker, String id, String state) {
    String type = entityClass.getAnnotation(Entity.class).name();
    return new Kind<>(
        name,
        type,
        entityClass,
        maker,
        id,
        List.of(
            new Step<>(
                PERSIST,
                (entities, entity, number) -> entities.persist(entity),
                List.of("persist %s/%s %s".formatted(type, id, state))),
            new Step<>(
                "remove",
                (entities, entity, number) -> entities.remove(entity),
                List.of("remove %s/%s {}".formatted(type, id)))),
        Set.of());
  }

  /** Adds a change that is recorded by one event with exactly this body. */
  public Kind<E> change(String what, Consumer<E> change, String body) {
    return change(what, (entities, entity, number) -> change.accept(entity), body);
  }

  /** Adds a change that is recorded by one event with exactly this body. */
  public Kind<E> change(String what, Work<E> change, String body) {
    return transaction(what, change, "update %s/%s %s".formatted(type, id, body));
  }

  /** Adds a change that stores nothing new, so that nothing is recorded. */
  public Kind<E> noChange(String what, Consumer<E> change) {
    return transaction(what, (entities, entity, number) -> change.accept(entity));
  }

  /** Adds a change that is recorded by exactly these events. */
  public Kind<E> transaction(String what, Work<E> work, String... events) {
    List<Step<E>> more = new ArrayList<>(steps);
    more.add(more.size() - 1, new Step<>(what, work, List.of(events)));
    return with(more);
  }

  /** Says what else the removal records, beside the tombstone. */
  public Kind<E> removing(Work<E> work, String... events) {
    List<Step<E>> more = new ArrayList<>(steps);
    more.set(more.size() - 1, new Step<>("remove", work, List.of(events)));
    return with(more);
  }

  /** Says what else the persisting records. */
  public Kind<E> persisting(String... events) {
    List<Step<E>> more = new ArrayList<>(steps);
    more.set(0, new Step<>(PERSIST, steps.get(0).work(), List.of(events)));
    return with(more);
  }

  /** Says that a provider stores something else at the step added last, and why. */
  public Kind<E> on(JpaProvider provider, String reason, String... events) {
    Kind<E> kind = this;
    for (Variant variant : Variant.of(provider)) {
      kind = kind.last(step -> step.on(variant, reason, List.of(events)));
    }
    return kind;
  }

  /** Says that a variant stores something else at the step added last, and why. */
  public Kind<E> on(Variant variant, String reason, String... events) {
    return last(step -> step.on(variant, reason, List.of(events)));
  }

  /** Says that a provider cannot do the step added last, and where that is documented. */
  public Kind<E> limit(JpaProvider provider, String reason) {
    return last(step -> limited(step, provider, reason));
  }

  /** Says that a variant cannot do the step added last, and where that is documented. */
  public Kind<E> limit(Variant variant, String reason) {
    return last(step -> step.limit(variant, reason));
  }

  /** Says that a provider cannot do any step, and where that is documented. */
  public Kind<E> never(JpaProvider provider, String reason) {
    return with(steps.stream().map(step -> limited(step, provider, reason)).toList());
  }

  /** Says that what was before the step added last cannot be restored by a provider, and why. */
  public Kind<E> restoreLimit(JpaProvider provider, String reason) {
    Kind<E> kind = this;
    for (Variant variant : Variant.of(provider)) {
      kind = kind.last(step -> step.restoreLimit(variant, reason));
    }
    return kind;
  }

  /** Says that what was removed cannot be restored by a provider, and why. */
  public Kind<E> removalLimit(JpaProvider provider, String reason) {
    List<Step<E>> more = new ArrayList<>(steps);
    int removal = more.size() - 1;
    for (Variant variant : Variant.of(provider)) {
      more.set(removal, more.get(removal).restoreLimit(variant, reason));
    }
    return with(more);
  }

  /** Says with which providers the rows cannot be read in the words of SQL. */
  public Kind<E> notInSql(JpaProvider... providers) {
    return new Kind<>(name, type, entityClass, maker, id, steps, Set.of(providers));
  }

  private static <E> Step<E> limited(Step<E> step, JpaProvider provider, String reason) {
    Step<E> limited = step;
    for (Variant variant : Variant.of(provider)) {
      limited = limited.limit(variant, reason);
    }
    return limited;
  }

  private Kind<E> last(UnaryOperator<Step<E>> change) {
    List<Step<E>> more = new ArrayList<>(steps);
    int last = steps.size() == 2 ? 0 : steps.size() - 2;
    more.set(last, change.apply(steps.get(last)));
    return with(more);
  }

  private Kind<E> with(List<Step<E>> other) {
    return new Kind<>(name, type, entityClass, maker, id, other, notInSql);
  }

  String name() {
    return name;
  }

  String type() {
    return type;
  }

  String objectId(int number) {
    return id.replace("$n", String.valueOf(number));
  }

  boolean isInSql(JpaProvider provider) {
    return !notInSql.contains(provider);
  }

  List<Step<E>> steps() {
    return steps;
  }

  Class<E> entityClass() {
    return entityClass;
  }

  E make(EntityManager entities, int number) {
    return maker.make(entities, number);
  }
}

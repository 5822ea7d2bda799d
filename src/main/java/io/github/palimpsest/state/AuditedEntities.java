package io.github.palimpsest.state;

import io.github.palimpsest.Audited;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which entity classes are audited: those annotated with {@link Audited} and those named in
 * {@code palimpsest.entities}, less those named in {@code palimpsest.entities.exclude}. A name is
 * an entity name, a class name, or {@code all}; like the annotation, it also stands for the
 * entities that extend the class. Both lists are properties of the persistence unit or, where that
 * has neither, of MicroProfile Config.
 *
 * @param names audited without the annotation
 * @param excluded audited in no case
 */
public record AuditedEntities(Set<String> names, Set<String> excluded) {
  private static final String NAMES = "palimpsest.entities";
  private static final String EXCLUDED = "palimpsest.entities.exclude";
  private static final String ALL = "all";

  /** Copies the sets. */
  public AuditedEntities {
    names = Set.copyOf(names);
    excluded = Set.copyOf(excluded);
  }

  /**
   * Returns the audited ones among the entities of a persistence unit.
   *
   * @param entities entity classes and their entity names
   * @param property of the persistence unit, null if it has none of that name
   * @throws IllegalArgumentException if the unit's own lists name what it does not have
   */
  public static Set<Class<?>> among(
      Map<Class<?>, String> entities, Function<String, @Nullable Object> property) {
    AuditedEntities own =
        of(name -> Optional.ofNullable(property.apply(name)).map(Object::toString));
    if (own.names.isEmpty() && own.excluded.isEmpty()) {
      return configured().among(entities);
    }
    own.requireKnown(entities);
    return own.among(entities);
  }

  /** Returns what MicroProfile Config says for all persistence units of the application. */
  public static AuditedEntities configured() {
    return of(ApplicationConfig::find);
  }

  private static AuditedEntities of(Function<String, Optional<String>> property) {
    return new AuditedEntities(list(property.apply(NAMES)), list(property.apply(EXCLUDED)));
  }

  private static Set<String> list(Optional<String> text) {
    return text.stream()
        .flatMap(each -> Stream.of(each.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * Does nothing if every name is known.
   *
   * @param entities entity classes and their entity names
   * @throws IllegalArgumentException if a list names what is neither among them nor extended by one
   */
  public void requireKnown(Map<Class<?>, String> entities) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.addAll(excluded);
    unknown.remove(ALL);
    entities.keySet().forEach(each -> unknown.removeAll(namesOf(each, entities)));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s or %s names %s, but the entities are %s"
              .formatted(
                  NAMES,
                  EXCLUDED,
                  String.join(", ", unknown),
                  String.join(", ", new TreeSet<>(entities.values()))));
    }
  }

  private Set<Class<?>> among(Map<Class<?>, String> entities) {
    return entities.keySet().stream()
        .filter(each -> isAudited(each, namesOf(each, entities)))
        .collect(Collectors.toSet());
  }

  private boolean isAudited(Class<?> entityClass, Set<String> known) {
    boolean isNamed = names.contains(ALL) || known.stream().anyMatch(names::contains);
    return (isNamed || entityClass.isAnnotationPresent(Audited.class))
        && !excluded.contains(ALL)
        && known.stream().noneMatch(excluded::contains);
  }

  /** Returns the names of a class and of the classes that it extends. */
  private static Set<String> namesOf(Class<?> entityClass, Map<Class<?>, String> entities) {
    Set<String> known = new HashSet<>();
    for (Class<?> each = entityClass; each != null; each = each.getSuperclass()) {
      known.add(each.getName());
      Optional.ofNullable(entities.get(each)).ifPresent(known::add);
    }
    return known;
  }
}

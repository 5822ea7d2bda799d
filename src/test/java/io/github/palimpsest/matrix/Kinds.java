package io.github.palimpsest.matrix;

import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A group of kinds whose entities, its nested classes, make one persistence unit. */
public interface Kinds {
  /** Returns what the group has in common, as a heading. */
  String title();

  /** Returns the kinds. */
  List<Kind<?>> kinds();

  /** Returns statements that make the tables which EclipseLink's schema generation gets wrong. */
  default List<String> tables() {
    return List.of();
  }

  /** Returns the properties of the persistence unit. */
  default Map<String, String> properties() {
    return Map.of();
  }

  /** Returns for a provider that cannot deploy these entities where that is documented. */
  default Map<JpaProvider, String> limits() {
    return Map.of();
  }

  /** Returns the managed classes. */
  default List<String> classes() {
    return nested(getClass())
        .filter(
            each ->
                Stream.of(Entity.class, Embeddable.class, MappedSuperclass.class, Converter.class)
                    .anyMatch(each::isAnnotationPresent))
        .map(Class::getName)
        .sorted()
        .toList();
  }

  /** Returns one list of kinds and lists of kinds. */
  static List<Kind<?>> list(Object... kinds) {
    return Arrays.stream(kinds)
        .flatMap(each -> each instanceof List<?> several ? several.stream() : Stream.of(each))
        .<Kind<?>>map(Kind.class::cast)
        .toList();
  }

  private static Stream<Class<?>> nested(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .flatMap(each -> Stream.concat(Stream.of(each), nested(each)));
  }
}

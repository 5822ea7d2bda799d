package io.github.palimpsest.container;

import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceContextType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A reference of the application to a transaction-scoped persistence context, under which the
 * container keeps it in {@code java:comp/env} (Jakarta EE Platform 10 §5.2.5).
 *
 * @param unitName empty for the only persistence unit
 * @param name relative to {@code java:comp/env}
 */
record ContextReference(String unitName, String name) {
  /** Returns the references that a class declares. */
  static List<ContextReference> of(Class<?> component) {
    Stream<ContextReference> ofClass =
        contexts(component).map(context -> of(context, context.name()));
    Stream<ContextReference> ofFields =
        Arrays.stream(component.getDeclaredFields())
            .flatMap(field -> of(field, component.getName() + "/" + field.getName()));
    Stream<ContextReference> ofSetters =
        Arrays.stream(component.getDeclaredMethods())
            .flatMap(method -> of(method, component.getName() + "/" + property(method)));
    return Stream.of(ofClass, ofFields, ofSetters).flatMap(each -> each).toList();
  }

  /** Returns whether it leads to the unit of that name. */
  boolean leadsTo(String unit) {
    // "jar#unit" names a unit of another archive
    return unitName.isEmpty() || unitName.substring(unitName.indexOf('#') + 1).equals(unit);
  }

  private static Stream<ContextReference> of(AnnotatedElement member, String defaultName) {
    return contexts(member)
        .map(context -> of(context, context.name().isEmpty() ? defaultName : context.name()));
  }

  private static ContextReference of(PersistenceContext context, String name) {
    return new ContextReference(context.unitName(), name);
  }

  private static Stream<PersistenceContext> contexts(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotationsByType(PersistenceContext.class))
        .filter(context -> context.type() == PersistenceContextType.TRANSACTION);
  }

  private static String property(Method setter) {
    String name = setter.getName().replaceFirst("^set", "");
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}

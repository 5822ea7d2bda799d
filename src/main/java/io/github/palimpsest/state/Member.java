package io.github.palimpsest.state;

import io.github.palimpsest.Masked;
import io.github.palimpsest.NotAudited;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The field and the getter behind an attribute: its generic type and our annotations on it.
 *
 * @param elements fields and getters, those of the class itself first
 * @param types their declared types, in the same order
 */
public record Member(List<AnnotatedElement> elements, List<Type> types) {
  /** Returns what {@code type} or a superclass declares under that attribute name. */
  public static Member of(Class<?> type, String attribute) {
    List<AnnotatedElement> elements = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    String suffix = attribute.substring(0, 1).toUpperCase(Locale.ROOT) + attribute.substring(1);
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(attribute)) {
          elements.add(field);
          types.add(field.getGenericType());
        }
      }
      for (Method method : each.getDeclaredMethods()) {
        if (method.getParameterCount() == 0
            && (method.getName().equals("get" + suffix)
                || method.getName().equals("is" + suffix))) {
          elements.add(method);
          types.add(method.getGenericReturnType());
        }
      }
    }
    return new Member(elements, types);
  }

  /** Returns whether the attribute is left out of events. */
  public boolean isNotAudited() {
    return isAnnotated(NotAudited.class);
  }

  /** Returns whether the field or the getter has the annotation. */
  public boolean isAnnotated(Class<? extends Annotation> annotation) {
    return annotation(annotation).isPresent();
  }

  /** Returns the annotation of the field or the getter; empty if there is none. */
  public <A extends Annotation> Optional<A> annotation(Class<A> type) {
    return elements.stream()
        .flatMap(each -> Stream.ofNullable(each.getAnnotation(type)))
        .findFirst();
  }

  /**
   * Returns the attribute of the other class that owns the relation, as its annotation says; empty
   * if this side owns it.
   */
  public Optional<String> mappedBy() {
    return annotation(OneToMany.class)
        .map(OneToMany::mappedBy)
        .or(() -> annotation(OneToOne.class).map(OneToOne::mappedBy))
        .or(() -> annotation(ManyToMany.class).map(ManyToMany::mappedBy))
        .filter(attribute -> !attribute.isEmpty());
  }

  /** Returns whether events hold fingerprints of its values only. */
  public boolean isMasked() {
    return elements.stream().anyMatch(each -> each.isAnnotationPresent(Masked.class));
  }

  /** Returns the class of the type argument at {@code index}: 0 of a list, 1 for a map's values. */
  public Optional<Class<?>> argument(int index) {
    return types.stream()
        .filter(ParameterizedType.class::isInstance)
        .map(type -> ((ParameterizedType) type).getActualTypeArguments()[index])
        .flatMap(Member::rawClass)
        .findFirst();
  }

  private static Stream<Class<?>> rawClass(Type type) {
    if (type instanceof Class<?> plain) {
      return Stream.of(plain);
    }
    return type instanceof ParameterizedType generic
        ? rawClass(generic.getRawType())
        : Stream.empty();
  }

  /** Returns the declared class: List, Set, Map or a subtype. */
  public Class<?> container() {
    return types.stream().flatMap(Member::rawClass).findFirst().orElse(Object.class);
  }
}

package io.github.palimpsest.matrix;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceUnitUtil;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws a value as text by looking at the Java object alone, so that two values can be compared
 * without the codecs that wrote one of them.
 */
@SuppressWarnings("JavaUtilDate") // entities may have such attributes
record Picture(PersistenceUnitUtil util) {
  String of(@Nullable Object value) {
    return of(value, false);
  }

  /** Draws a list in its order, where the database keeps it. */
  String ofOrdered(@Nullable Object value) {
    return of(value, true);
  }

  private String of(@Nullable Object value, boolean isOrdered) {
    if (value == null) {
      return "null";
    }
    if (value.getClass().isArray()) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return elements.toString();
    }
    if (value instanceof Collection<?> collection) {
      List<String> elements =
          collection.stream().map(this::of).collect(Collectors.toCollection(ArrayList::new));
      if (!isOrdered) {
        Collections.sort(elements);
      }
      return elements.toString();
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(each -> of(each.getKey()) + "=" + of(each.getValue()))
          .sorted()
          .toList()
          .toString();
    }
    return single(value);
  }

  private String single(Object value) {
    if (value instanceof Calendar calendar) {
      return calendar.toInstant().toString();
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime()).toString();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (!value.getClass().getName().startsWith(Groups.PACKAGE)) {
      return value.toString();
    }
    return isEntity(value.getClass())
        ? value.getClass().getSimpleName().replaceAll("\\$.*", "")
            + "#"
            + of(util.getIdentifier(value))
        : fields(value);
  }

  private static boolean isEntity(@Nullable Class<?> type) {
    return type != null
        && (type.isAnnotationPresent(Entity.class) || isEntity(type.getSuperclass()));
  }

  /** One without any value is stored like none. */
  private String fields(Object value) {
    List<String> fields = new ArrayList<>();
    boolean isEmpty = true;
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !isReadOnly(field)
            && !field.getName().startsWith("_persistence")
            && !field.getName().startsWith("$")) {
          String picture = of(read(field, value));
          isEmpty = isEmpty && picture.equals("null");
          fields.add(field.getName() + "=" + picture);
        }
      }
    }
    Collections.sort(fields);
    return isEmpty ? "null" : fields.toString();
  }

  /** What another attribute stores is no part of the state. */
  private static boolean isReadOnly(Field field) {
    Column column = field.getAnnotation(Column.class);
    return column != null && !column.insertable() && !column.updatable();
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}

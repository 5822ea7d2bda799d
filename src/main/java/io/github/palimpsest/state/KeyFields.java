package io.github.palimpsest.state;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads and fills IdClass instances, whose fields bear the names of the id attributes. */
final class KeyFields {
  private KeyFields() {}

  static Object newInstance(Class<?> keyClass) {
    try {
      Constructor<?> constructor = keyClass.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("an id class needs a constructor without arguments", e);
    }
  }

  static @Nullable Object get(Object key, String name) {
    try {
      return field(key, name).get(key);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot read the id class attribute " + name, e);
    }
  }

  static void set(Object key, String name, @Nullable Object value) {
    try {
      field(key, name).set(key, value);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot set the id class attribute " + name, e);
    }
  }

  private static Field field(Object key, String name) {
    for (Class<?> type = key.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new IllegalArgumentException(
        "%s has no attribute %s".formatted(key.getClass().getName(), name));
  }
}

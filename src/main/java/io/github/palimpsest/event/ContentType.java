package io.github.palimpsest.event;

import java.util.Map;
import java.util.TreeMap;

/**
 * A kind of entity as the event table knows it.
 *
 * @param name stable logical name, independent of the class name
 * @param entityClass the class that has this name now
 * @param idShape identifier attribute to Java type
 */
public record ContentType(String name, String entityClass, Map<String, String> idShape) {
  public ContentType {
    idShape = new TreeMap<>(idShape);
  }
}

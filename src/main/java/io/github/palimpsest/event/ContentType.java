package io.github.palimpsest.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A kind of entity as the event table knows it.
 *
 * @param name stable logical name, independent of the class name
 * @param formerly names it had before
 * @param entityClass the class that has this name now
 * @param idShape identifier attribute to Java type
 */
public record ContentType(
    String name, List<String> formerly, String entityClass, Map<String, String> idShape) {
  public ContentType {
    formerly = List.copyOf(formerly);
    idShape = new TreeMap<>(idShape);
  }
}

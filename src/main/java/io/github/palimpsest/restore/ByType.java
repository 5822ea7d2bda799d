package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts streams by content type, so that many objects of one type are read at once. */
final class ByType {
  private ByType() {}

  /** Returns the object ids of each content type, in the order given. */
  static Map<String, List<String>> of(Collection<StreamId> streams) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    streams.forEach(
        stream ->
            found
                .computeIfAbsent(stream.contentType(), type -> new ArrayList<>())
                .add(stream.objectId()));
    return found;
  }
}

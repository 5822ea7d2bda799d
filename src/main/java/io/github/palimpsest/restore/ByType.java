package io.github.palimpsest.restore;

import io.github.palimpsest.event.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

  /** Returns those of the live entities that there are, as {@link LiveEntities#find} does. */
  static Map<StreamId, Object> find(LiveEntities live, Collection<StreamId> streams) {
    Map<StreamId, Object> found = new HashMap<>();
    of(streams)
        .forEach(
            (contentType, objectIds) ->
                live.find(live.models().of(contentType).orElseThrow(), objectIds)
                    .forEach(
                        (objectId, entity) ->
                            found.put(new StreamId(contentType, objectId), entity)));
    return found;
  }
}

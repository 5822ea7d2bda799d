package io.github.palimpsest.rebuild;

import io.github.palimpsest.AttributeValue;
import io.github.palimpsest.event.StreamId;
import java.util.List;

/**
 * The values that one attribute of one object had.
 *
 * @param rebuilder of its database
 * @param path to a value within the object
 */
public record AttributeHistory(Rebuilder rebuilder, AttributePath path) {
  /**
   * Returns them, oldest first, each different from the one before; in the words of today's class.
   */
  public List<AttributeValue> values(StreamId stream) {
    return new Blame(rebuilder, stream)
        .changes(path.rest(), 0, Integer.MAX_VALUE).stream()
            .map(each -> new AttributeValue(each.changes().get(0).after(), each.event()))
            .toList();
  }
}

package io.github.palimpsest.capture;

import io.github.palimpsest.event.Control;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.state.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one transaction changed while capture was paused: how many events of which content type and
 * operation were not written.
 */
final class LeftOut {
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

  /**
   * Returns the domain events, and one that counts the others if there are any.
   *
   * @param hasRunStatements whether it is there in any case: nobody counts what statements changed
   */
  static List<NewEvent> of(List<NewEvent> events, boolean hasRunStatements) {
    LeftOut leftOut = new LeftOut();
    List<NewEvent> kept = new ArrayList<>();
    for (NewEvent event : events) {
      if (event.operation() == Operation.DOMAIN) {
        kept.add(event);
      } else {
        leftOut.add(event.stream().contentType(), event.operation().text(), 1);
      }
    }
    if (!leftOut.isEmpty() || hasRunStatements) {
      kept.add(leftOut.event());
    }
    return kept;
  }

  void add(String contentType, String operation, long count) {
    counts.computeIfAbsent(contentType, each -> new TreeMap<>()).merge(operation, count, Long::sum);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  NewEvent event() {
    SortedMap<String, String> byType = new TreeMap<>();
    counts.forEach((contentType, operations) -> byType.put(contentType, object(operations)));
    return new NewEvent(
        Control.CAPTURE,
        Operation.DOMAIN,
        Control.PAUSED_CAPTURE,
        Source.APPLICATION,
        1,
        "{\"left_out\":%s}".formatted(object(byType)));
  }

  private static String object(Map<String, ?> members) {
    return members.entrySet().stream()
        .map(each -> JsonText.string(each.getKey()) + ":" + each.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}

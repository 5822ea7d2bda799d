package io.github.palimpsest.rest.live;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The text format of WHATWG HTML §9.2, in UTF-8. */
final class ServerSentEvents {
  private ServerSentEvents() {}

  /** Tells after what time to connect again, and from where. */
  static byte[] begin(Duration retry, EventCursor place) {
    return bytes("retry: %d\n%s".formatted(retry.toMillis(), id(place)));
  }

  /**
   * Tells how far the stream is; without data it is no event to the client, but where it resumes.
   */
  static byte[] heartbeat(EventCursor place) {
    return bytes(":\n" + id(place));
  }

  /** Tells events, each with its place; JSON has no line breaks. */
  static byte[] events(List<Event> events, Function<Event, String> json) {
    StringBuilder text = new StringBuilder();
    for (Event event : events) {
      text.append("data: ")
          .append(json.apply(event))
          .append('\n')
          .append(id(EventCursor.of(event)));
    }
    return bytes(text.toString());
  }

  /** Tells the last events and that nothing follows: who connects again gets none. */
  static byte[] last(byte[] events, EventCursor place) {
    byte[] end = heartbeat(place);
    byte[] all = Arrays.copyOf(events, events.length + end.length);
    System.arraycopy(end, 0, all, events.length, end.length);
    return all;
  }

  private static String id(EventCursor place) {
    return "id: " + place.text() + "\n\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

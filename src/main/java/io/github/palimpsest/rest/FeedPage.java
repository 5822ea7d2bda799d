package io.github.palimpsest.rest;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the feed that are answered at once.
 *
 * @param events in the order asked for
 * @param next link to those that follow, null if there are none yet
 */
record FeedPage(List<Event> events, @Nullable String next) {
  /** Returns the first {@code size} of some events, which are one more if others follow. */
  static FeedPage of(List<Event> events, int size, UriInfo uri) {
    if (events.size() <= size) {
      return new FeedPage(events, null);
    }
    EventCursor last = EventCursor.of(events.get(size - 1));
    return new FeedPage(events.subList(0, size), PageLinks.next(uri, last.text()).link());
  }

  /** Answers the page in one representation. */
  Response answer(String body) {
    return next == null ? PageLinks.last(body) : new PageLinks(next).answer(link -> body);
  }
}

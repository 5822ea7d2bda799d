package io.github.palimpsest.rest;

import io.github.palimpsest.RecordedEvent;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, by position.
 *
 * @param events of the page
 * @param hasMore whether there are events after it
 */
record EventPage(List<RecordedEvent> events, boolean hasMore) {
  /** Returns the page of what was read with one event more than the page may have. */
  static EventPage of(List<RecordedEvent> read, int size) {
    return new EventPage(read.subList(0, Math.min(size, read.size())), read.size() > size);
  }

  /** Answers the page as text or JSON, by what the caller accepts. */
  Response answer(UriInfo uri, HttpHeaders headers, Function<RecordedEvent, JsonObject> item) {
    return answer(
        uri,
        headers,
        () -> LogText.events(events),
        next -> Views.page(events.stream().map(item).toList(), next));
  }

  /**
   * Answers the page in a shape of its own.
   *
   * @param text of the page
   * @param json of the page, given the link to the next one, or null
   */
  Response answer(
      UriInfo uri,
      HttpHeaders headers,
      Supplier<String> text,
      Function<@Nullable String, JsonObject> json) {
    boolean isText = Accepted.isText(headers);
    @Nullable PageLinks next = hasMore ? PageLinks.next(uri, Long.toString(last())) : null;
    Object body = isText ? text.get() : json.apply(next == null ? null : next.link());
    Response page = next == null ? PageLinks.last(body) : next.answer(link -> body);
    return Response.fromResponse(page)
        .type(isText ? LogText.MEDIA_TYPE : MediaType.APPLICATION_JSON)
        .build();
  }

  private long last() {
    return events.get(events.size() - 1).event().position();
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the feed that are answered at once.
 *
 * @param events in the order asked for
 * @param next link to those that follow, null if there are none yet
 */
record FeedPage(List<Event> events, @Nullable String next) {
  /** Bytes of a digest that tell two pages of one address apart. */
  private static final int TAG_LENGTH = 16;

  /** Returns the first {@code size} of some events, which are one more if others follow. */
  static FeedPage of(List<Event> events, int size, UriInfo uri) {
    if (events.size() <= size) {
      return new FeedPage(events, null);
    }
    EventCursor last = EventCursor.of(events.get(size - 1));
    return new FeedPage(events.subList(0, size), PageLinks.next(uri, last.text()).link());
  }

  /** Answers the page in one representation, or that the caller has it already. */
  Response answer(String body, Request request) {
    EntityTag tag = tag(body);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer = unchanged == null ? Response.ok(body) : unchanged;
    if (next != null) {
      answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
    }
    return answer
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static EntityTag tag(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return new EntityTag(HexFormat.of().formatHex(digest, 0, TAG_LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

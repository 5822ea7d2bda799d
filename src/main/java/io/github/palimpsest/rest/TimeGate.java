package io.github.palimpsest.rest;

import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.Mementos;
import io.github.palimpsest.rebuild.Rebuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object asked for without an instant of our own: the original resource, which is its own
 * TimeGate and sends on to mementos (RFC 7089 §4.1.1).
 *
 * @param stream the object's
 * @param links the object's
 */
record TimeGate(StreamId stream, MementoLinks links) {
  static final String ACCEPT_DATETIME = "Accept-Datetime";

  /**
   * Answers a request.
   *
   * @param acceptDatetime what it has of the header field {@code Accept-Datetime}
   * @param present makes the answer to one that asks for no datetime, as of a settled instant
   * @throws StreamNotFoundException if the object never had a state
   */
  Response answer(
      Rebuilder rebuilder,
      List<String> acceptDatetime,
      Function<Instant, Response.ResponseBuilder> present) {
    if (acceptDatetime.isEmpty()) {
      Instant now = rebuilder.settled(null);
      return describe(presentOrRemoved(present, now), rebuilder.mementos(stream, now));
    }
    Optional<Instant> asked =
        acceptDatetime.size() == 1 ? HttpDate.parse(acceptDatetime.get(0)) : Optional.empty();
    return asked.isEmpty()
        ? malformed()
        : sendOn(rebuilder.mementos(stream, rebuilder.settled(null)), asked.get());
  }

  /** That it is gone says something of the object, whose past can be asked for. */
  private static Response.ResponseBuilder presentOrRemoved(
      Function<Instant, Response.ResponseBuilder> present, Instant now) {
    try {
      return present.apply(now);
    } catch (StreamDeletedException e) {
      return Explainer.explain(e).respond();
    }
  }

  private Response malformed() {
    Response.ResponseBuilder problem =
        Problem.of(
                ProblemType.MALFORMED_PARAMETER,
                "Accept-Datetime must be given once, such as Thu, 31 May 2007 20:35:00 GMT.")
            .with("parameter", ACCEPT_DATETIME)
            .respond();
    return negotiated(problem, links.ofObject());
  }

  /** There is always a nearest one, before the first and after the last too (RFC 7089 §4.5.3). */
  private Response sendOn(Mementos mementos, Instant asked) {
    Memento nearest =
        mementos
            .nearest(asked)
            .orElseThrow(
                () -> new StreamNotFoundException(stream.contentType(), stream.objectId()));
    Response.ResponseBuilder answer =
        Response.status(Response.Status.FOUND)
            .header(HttpHeaders.LOCATION, links.memento(nearest))
            .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    return describe(answer, mementos);
  }

  private Response describe(Response.ResponseBuilder answer, Mementos mementos) {
    return negotiated(
        answer, links.ofObject(mementos.first().orElseThrow(), mementos.last().orElseThrow()));
  }

  private static Response negotiated(Response.ResponseBuilder answer, List<WebLink> links) {
    return answer
        .header(HttpHeaders.VARY, "accept-datetime")
        .header(HttpHeaders.LINK, WebLink.header(links))
        .build();
  }
}

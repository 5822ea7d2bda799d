package io.github.palimpsest.rest;

import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One object: its state as of an instant, and its events. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class ObjectResource {
  @Inject AuditedUnits units;
  @Context UriInfo uri;
  @Context HttpHeaders headers;

  /** Called by the container. */
  public ObjectResource() {}

  /**
   * Answers one object's state as of an instant; its ETag begins with its position. Without an
   * instant it is the present one, or the way to the memento that the header field {@code
   * Accept-Datetime} names (RFC 7089). The present one does not name the instant it was read at: it
   * is the same, with the same ETag, until the object changes.
   */
  @GET
  @Path("{type}/{id}")
  public Response object(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("expand") @Nullable String expand,
      @HeaderParam(TimeGate.ACCEPT_DATETIME) List<String> acceptDatetime) {
    AuditedUnit unit = units.of(type);
    Rebuilder rebuilder = unit.rebuilder();
    StreamId stream = new StreamId(type, id);
    Instant instant = Parameters.instant("asOf", asOf);
    return instant == null
        ? new TimeGate(stream, MementoLinks.of(uri, stream))
            .answer(rebuilder, acceptDatetime, now -> state(unit, stream, expand, now, null))
        : state(unit, stream, expand, rebuilder.settled(instant), instant).build();
  }

  private static Response.ResponseBuilder state(
      AuditedUnit unit,
      StreamId stream,
      @Nullable String expand,
      Instant instant,
      @Nullable Instant asked) {
    State state =
        unit.rebuilder()
            .at(stream, Bound.asOf(instant))
            .orElseThrow(
                () -> new StreamNotFoundException(stream.contentType(), stream.objectId()));
    if (state.isTombstone()) {
      throw new StreamDeletedException(stream.contentType(), stream.objectId(), state.position());
    }
    if (expand != null) {
      // its position says nothing of what it refers to
      return Response.ok(
          Expansion.of(unit, stream.contentType(), expand, instant, asked)
              .views(List.of(state))
              .get(0));
    }
    return Response.ok(Views.state(state, asked, unit.unknownAttributes(state)))
        .tag(Long.toString(state.position()));
  }

  /** Answers one object's events, oldest first, with what each changed. */
  @GET
  @Path("{type}/{id}/events")
  @Produces({MediaType.APPLICATION_JSON, LogText.MEDIA_TYPE})
  public Response events(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("operation") @Nullable String operation,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    Rebuilder rebuilder = units.of(type).rebuilder();
    int size = Parameters.limit(limit);
    long position = Parameters.position("after", after);
    StreamId stream = new StreamId(type, id);
    List<RecordedEvent> events = rebuilder.events(stream, position, size + 1, wanted(operation));
    if (events.isEmpty() && !rebuilder.hasEvents(stream)) {
      throw new StreamNotFoundException(type, id);
    }
    return EventPage.of(events, size).answer(uri, headers, Views::event);
  }

  private static Predicate<Event> wanted(@Nullable String operation) {
    if (operation == null) {
      return event -> true;
    }
    Operation only = Parameters.operation(operation);
    return event -> event.operation() == only;
  }
}

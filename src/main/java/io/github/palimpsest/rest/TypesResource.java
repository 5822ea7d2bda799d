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
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is and was: content types, states of objects as of an instant, and their events. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class TypesResource {
  @Inject AuditedUnits units;
  @Context UriInfo uri;

  /** Called by the container. */
  public TypesResource() {}

  /** Answers every content type with its counts, first and last event. */
  @GET
  public JsonObject types() {
    return Views.page(units.types().stream().map(Views::type).toList(), null);
  }

  /** Answers the states of all objects of a type that existed as of an instant. */
  @GET
  @Path("{type}")
  public Response objects(
      @PathParam("type") String type,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    AuditedUnit unit = units.of(type);
    Rebuilder rebuilder = unit.rebuilder();
    Filter filter = Filter.of(uri.getQueryParameters(), unit.models().of(type));
    int size = Parameters.limit(limit);
    Instant instant = rebuilder.settled(Parameters.instant("asOf", asOf));
    List<State> states =
        rebuilder
            .all(type, instant, Parameters.text("after", after), size + 1)
            .filter(filter)
            .limit(size + 1L)
            .toList();
    List<State> shown = states.subList(0, Math.min(size, states.size()));
    return page(
        shown.stream().map(state -> Views.state(state, instant, unknown(state, unit))).toList(),
        states.size() > size ? shown.get(size - 1).stream().objectId() : null,
        instant);
  }

  /** Answers one object's state as of an instant, with its position as ETag. */
  @GET
  @Path("{type}/{id}")
  public Response object(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("asOf") @Nullable String asOf,
      @Context Request request) {
    AuditedUnit unit = units.of(type);
    Rebuilder rebuilder = unit.rebuilder();
    Instant instant = rebuilder.settled(Parameters.instant("asOf", asOf));
    State state =
        rebuilder
            .at(new StreamId(type, id), Bound.asOf(instant))
            .orElseThrow(() -> new StreamNotFoundException(type, id));
    if (state.isTombstone()) {
      throw new StreamDeletedException(type, id, state.position());
    }
    EntityTag tag = new EntityTag(Long.toString(state.position()));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        unchanged == null ? answer(Views.state(state, instant, unknown(state, unit))) : unchanged;
    return answer.tag(tag).build();
  }

  /** Answers one object's events, oldest first, with what each changed. */
  @GET
  @Path("{type}/{id}/events")
  public Response events(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("operation") @Nullable String operation,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    Rebuilder rebuilder = units.of(type).rebuilder();
    int size = Parameters.limit(limit);
    long position = Parameters.position("after", after);
    Instant settled = rebuilder.settled(null);
    Predicate<Event> wanted = wanted(operation).and(event -> !event.timeCreated().isAfter(settled));
    StreamId stream = new StreamId(type, id);
    List<RecordedEvent> events = rebuilder.events(stream, position, size + 1, wanted);
    if (events.isEmpty() && rebuilder.events(stream, 0, 1, event -> true).isEmpty()) {
      throw new StreamNotFoundException(type, id);
    }
    List<RecordedEvent> shown = events.subList(0, Math.min(size, events.size()));
    return page(
        shown.stream().map(Views::event).toList(),
        events.size() > size ? Long.toString(shown.get(size - 1).event().position()) : null,
        null);
  }

  /** Returns what the state holds and the class of today does not. */
  private static List<String> unknown(State state, AuditedUnit unit) {
    return unit.models()
        .of(state.stream().contentType())
        .map(model -> model.unknownAttributes(state.attributes()))
        .orElse(List.of());
  }

  private static Response.ResponseBuilder answer(JsonObject body) {
    return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  private static Predicate<Event> wanted(@Nullable String operation) {
    if (operation == null) {
      return event -> true;
    }
    try {
      Operation only = Operation.of(operation);
      return event -> event.operation() == only;
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter(
          "operation", "operation must be persist, update, remove, domain or baseline.");
    }
  }

  /** All pages that follow are of the same instant. */
  private Response page(List<JsonObject> items, @Nullable String after, @Nullable Instant instant) {
    if (after == null) {
      return PageLinks.last(Views.page(items, null));
    }
    PageLinks next =
        instant == null
            ? PageLinks.next(uri, after)
            : PageLinks.next(uri, after, Views.iso(instant));
    return next.answer(link -> Views.page(items, link));
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Relations;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an object referred to, and what referred to it, as of an instant. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class RelationResource {
  @Inject AuditedUnits units;
  @Context UriInfo uri;

  /** Called by the container. */
  public RelationResource() {}

  /** Answers the states of the objects at the other side of a relation, whichever owns it. */
  @GET
  @Path("{type}/{id}/{attribute}")
  public Response related(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("attribute") String attribute,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    AuditedUnit unit = units.of(type);
    int size = Parameters.limit(limit);
    Instant instant = unit.rebuilder().settled(Parameters.instant("asOf", asOf));
    State state =
        unit.rebuilder()
            .at(new StreamId(type, id), Bound.asOf(instant))
            .orElseThrow(() -> new StreamNotFoundException(type, id));
    if (state.isTombstone()) {
      throw new StreamDeletedException(type, id, state.position());
    }
    return page(related(unit, state, attribute, instant), unit, instant, size, after);
  }

  private static List<State> related(
      AuditedUnit unit, State state, String attribute, Instant instant) {
    return unit.models()
        .of(state.stream().contentType())
        .flatMap(
            model ->
                new Relations(unit.rebuilder(), unit.models(), instant).of(model, state, attribute))
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemType.NOT_FOUND,
                    "%s has no relation %s.".formatted(state.stream().contentType(), attribute)));
  }

  private Response page(
      List<State> all, AuditedUnit unit, Instant instant, int size, @Nullable String after) {
    int begin = after == null ? 0 : begin(all, after);
    List<State> shown = all.subList(begin, Math.min(begin + size, all.size()));
    List<JsonObject> items =
        shown.stream()
            .map(state -> Views.state(state, instant, unit.unknownAttributes(state)))
            .toList();
    if (begin + size >= all.size()) {
      return PageLinks.last(Views.page(items, null));
    }
    return PageLinks.next(uri, shown.get(size - 1).stream().toString(), Views.iso(instant))
        .answer(link -> Views.page(items, link));
  }

  /** What an instant has at the other side never changes. */
  private static int begin(List<State> all, String after) {
    List<String> streams = all.stream().map(state -> state.stream().toString()).toList();
    int index = streams.indexOf(after);
    if (index < 0) {
      throw ProblemException.malformedParameter("after", "after is not of this relation.");
    }
    return index + 1;
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.Page;
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
    return answer(related(unit, state, attribute, instant, after, size), unit, instant);
  }

  private static Page<State> related(
      AuditedUnit unit,
      State state,
      String attribute,
      Instant instant,
      @Nullable String after,
      int size) {
    Relations relations = new Relations(unit.rebuilder(), unit.models(), instant);
    String last = after == null ? null : Parameters.text("after", after);
    try {
      return unit.models()
          .of(state.stream().contentType())
          .flatMap(model -> relations.page(model, state, attribute, last, size))
          .orElseThrow(
              () ->
                  ProblemException.of(
                      ProblemType.NOT_FOUND,
                      "%s has no relation %s.".formatted(state.stream().contentType(), attribute)));
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter("after", e.getMessage() + ".");
    }
  }

  private Response answer(Page<State> page, AuditedUnit unit, Instant instant) {
    List<JsonObject> items =
        page.items().stream()
            .map(state -> Views.state(state, instant, unit.unknownAttributes(state)))
            .toList();
    return page.next() == null
        ? PageLinks.last(Views.page(items, null))
        : PageLinks.next(uri, page.next(), Views.iso(instant))
            .answer(link -> Views.page(items, link));
  }
}

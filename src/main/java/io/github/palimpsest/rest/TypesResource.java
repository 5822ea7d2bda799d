package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is and was: content types, and states of all objects of a type as of an instant. */
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
        shown.stream()
            .map(state -> Views.state(state, instant, unit.unknownAttributes(state)))
            .toList(),
        states.size() > size ? shown.get(size - 1).stream().objectId() : null,
        instant);
  }

  /** All pages that follow are of the same instant. */
  private Response page(List<JsonObject> items, @Nullable String after, Instant instant) {
    return after == null
        ? PageLinks.last(Views.page(items, null))
        : PageLinks.next(uri, after, Views.iso(instant)).answer(link -> Views.page(items, link));
  }
}

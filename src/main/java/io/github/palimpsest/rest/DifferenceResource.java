package io.github.palimpsest.rest;

import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between two states of one object. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
public class DifferenceResource {
  @Inject AuditedUnits units;

  /** Called by the container. */
  public DifferenceResource() {}

  /**
   * Answers the attributes that differ, or a patch that makes the state as of {@code from} the one
   * as of {@code to}; an object that did not exist has no attributes. A merge patch that would lose
   * a null is answered with 406.
   */
  @GET
  @Path("{type}/{id}/diff")
  @Produces({MediaType.APPLICATION_JSON, Patches.JSON_PATCH, Patches.MERGE_PATCH})
  public Response diff(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @Context HttpHeaders headers) {
    Rebuilder rebuilder = units.of(type).rebuilder();
    Instant earlier = rebuilder.settled(Parameters.required("from", from));
    Instant later = rebuilder.settled(Parameters.instant("to", to));
    StreamId stream = new StreamId(type, id);
    Optional<State> before = rebuilder.at(stream, Bound.asOf(earlier));
    Optional<State> after = rebuilder.at(stream, Bound.asOf(later));
    if (before.isEmpty() && after.isEmpty()) {
      throw new StreamNotFoundException(type, id);
    }
    DifferenceView view = new DifferenceView(stream, earlier, later, before, after);
    String mediaType =
        Accepted.of(headers, MediaType.APPLICATION_JSON, Patches.JSON_PATCH, Patches.MERGE_PATCH);
    return Response.ok(body(view, mediaType), mediaType).build();
  }

  private static JsonStructure body(DifferenceView view, String mediaType) {
    return switch (mediaType) {
      case Patches.JSON_PATCH -> view.jsonPatch();
      case Patches.MERGE_PATCH -> view.mergePatch();
      default -> view.json();
    };
  }
}

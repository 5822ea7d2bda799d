package io.github.palimpsest.rest;

import io.github.palimpsest.Restored;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.RestoreTransaction;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.Target;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes live entities equal to an old state, in one transaction, as a new change. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.RESTORER, Roles.ADMIN})
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RestoreResource {
  @Inject AuditedUnits units;
  @Inject RestoreTransaction restores;

  /** Called by the container. */
  public RestoreResource() {}

  /** Restores one object from {@code {"asOf" | "position", "reason", "dryRun"}}. */
  @POST
  @Path("{type}/{id}/restore")
  public JsonObject restore(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      InputStream body)
      throws IOException {
    RestoreRequest request = RestoreRequest.ofOne(body);
    Rebuilder rebuilder = units.of(type).rebuilder();
    StreamId stream = new StreamId(type, id);
    Restored restored =
        restores.restore(
            stream,
            target(request, rebuilder),
            request.reason(),
            position(ifMatch),
            request.dryRun());
    return Views.restored(restored, rebuilder.position(stream));
  }

  /** Restores all objects of a type that existed as of an instant. */
  @POST
  @Path("{type}/restore")
  public JsonObject restoreAll(@PathParam("type") String type, InputStream body)
      throws IOException {
    RestoreRequest request = RestoreRequest.ofAll(body);
    Rebuilder rebuilder = units.of(type).rebuilder();
    Instant asOf = rebuilder.settled(request.asOf());
    List<Restored> restored = restores.restoreAll(type, asOf, request.reason(), request.dryRun());
    return Views.restoredAll(type, asOf, request.dryRun(), restored);
  }

  private static Target target(RestoreRequest request, Rebuilder rebuilder) {
    return request.position() > 0
        ? Target.at(request.position())
        : Target.asOf(rebuilder.settled(request.asOf()));
  }

  /** {@code If-Match} compares strongly; {@code *} asks for nothing more than an object. */
  private static OptionalLong position(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return OptionalLong.empty();
    }
    if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
      throw ProblemException.malformedParameter(
          HttpHeaders.IF_MATCH, "If-Match must be one ETag of this object, or *.");
    }
    return OptionalLong.of(Long.parseLong(ifMatch.substring(1, ifMatch.length() - 1)));
  }
}

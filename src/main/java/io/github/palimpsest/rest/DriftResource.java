package io.github.palimpsest.rest;

import io.github.palimpsest.Drift;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.DriftChecks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Tells in what live rows and history differ, and makes history agree. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class DriftResource {
  @Inject AuditedUnits units;
  @Inject DriftChecks checks;
  @Context UriInfo uri;

  /** Called by the container. */
  public DriftResource() {}

  /** Answers the objects that differ and how many there are; it looks at all of the type. */
  @GET
  @Path("{type}/drift")
  public Response drift(
      @PathParam("type") String type,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    units.of(type);
    int size = Parameters.limit(limit);
    Drift drift = checks.check(type, Parameters.text("after", after), size);
    return drift.drifted() > drift.objects().size()
        ? PageLinks.next(uri, drift.objects().get(size - 1).objectId())
            .answer(link -> Views.drift(type, drift, link))
        : PageLinks.last(Views.drift(type, drift, null));
  }

  /** Records what differs; the body is {@code {"reason", "dryRun"}}. Answers when it is done. */
  @POST
  @Path("{type}/reconcile")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject reconcile(@PathParam("type") String type, InputStream body) throws IOException {
    JsonBody json = JsonBody.read(body, "reason", "dryRun");
    String reason = RestoreRequest.reason(json);
    boolean dryRun = json.flag("dryRun");
    units.of(type);
    return Views.reconciled(type, checks.reconcile(type, reason, dryRun));
  }
}

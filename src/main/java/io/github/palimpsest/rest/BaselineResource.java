package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.BaselineBatches;
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
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** Brings rows that were there before capture into the history. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class BaselineResource {
  @Inject AuditedUnits units;
  @Inject BaselineBatches baselines;

  /** Called by the container. */
  public BaselineResource() {}

  /** Records the baseline of a type; the body is {@code {"reason"}}. Answers when it is done. */
  @POST
  @Path("{type}/baseline")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject record(@PathParam("type") String type, InputStream body) throws IOException {
    String reason = RestoreRequest.reason(JsonBody.read(body, "reason"));
    units.of(type);
    return Views.baseline(type, baselines.record(type, reason));
  }

  /** Answers how far a type's baseline is that runs on this node, or ran last. */
  @GET
  @Path("{type}/baseline")
  public JsonObject progress(@PathParam("type") String type) {
    units.of(type);
    return Views.progress(type, baselines.progress(type));
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.JobWork;
import io.github.palimpsest.container.Jobs;
import io.github.palimpsest.container.RestoreTransaction;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.restore.Progress;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

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
  @Inject RestoreWork work;
  @Inject Jobs jobs;
  @Context UriInfo uri;

  /** Called by the container. */
  public RestoreResource() {}

  /** Restores one object, or attributes of it, as of an instant or a position. */
  @POST
  @Path("{type}/{id}/restore")
  public JsonObject restore(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch,
      InputStream body)
      throws IOException {
    JsonBody json = JsonBody.readAny(body);
    AuditedUnit unit = units.of(type);
    RestoreRequest request = RestoreRequest.ofOne(json, unit.models().of(type));
    StreamId stream = new StreamId(type, id);
    OptionalLong expected =
        Preconditions.of(ifMatch, ifNoneMatch).position(unit.rebuilder(), stream);
    Restoration done = restores.restore(stream, request.wanted(), expected);
    return Views.restored(done, unit.rebuilder().position(stream));
  }

  /**
   * Restores objects of a type as of an instant; in a job if the request prefers {@code
   * respond-async}.
   */
  @POST
  @Path("{type}/restore")
  public Response restoreAll(
      @PathParam("type") String type, @Context HttpHeaders headers, InputStream body)
      throws IOException {
    Preconditions.refuse(headers);
    JsonBody json = JsonBody.readAny(body);
    JobWork restore = work.restoreAll(type, work.read(type, json));
    if (!Preferences.isAsynchronous(headers)) {
      return Response.ok(restore.run(Progress.none())).build();
    }
    return JobAnswers.accepted(
        uri,
        jobs.start(
            units.of(type),
            JobRequest.RESTORE,
            type,
            json.toJson(),
            RestoreRequest.reason(json),
            restore));
  }
}

package io.github.palimpsest.rest;

import io.github.palimpsest.container.Jobs;
import io.github.palimpsest.job.Job;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Restores and undos in the background; who may restore sees his own, an administrator all. */
@Path("jobs")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
  @Inject Jobs jobs;
  @Inject RestoreWork work;
  @Context UriInfo uri;
  @Context SecurityContext security;

  /** Called by the container. */
  public JobsResource() {}

  /** Answers jobs, the newest first. */
  @GET
  public Response jobs(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    int size = Parameters.limit(limit);
    Job last = after == null ? null : last(after);
    List<Job> found = jobs.page(isAdmin() ? null : caller(), last, size + 1);
    if (found.size() <= size) {
      return PageLinks.last(JobAnswers.page(found, null));
    }
    List<Job> shown = found.subList(0, size);
    return PageLinks.next(uri, shown.get(size - 1).id().toString())
        .answer(link -> JobAnswers.page(shown, link));
  }

  /** Answers how far a job is. */
  @GET
  @Path("{job}")
  public Response job(@PathParam("job") String job) {
    return JobAnswers.of(Response.Status.OK, known(job));
  }

  /** Cancels a job: it ends without a change at its next batch, unless it is done before. */
  @DELETE
  @Path("{job}")
  public Response cancel(@PathParam("job") String job) {
    UUID id = known(job).id();
    if (!jobs.cancel(id)) {
      throw ProblemException.of(ProblemType.CONFLICT, "The job has ended already.");
    }
    return JobAnswers.of(Response.Status.ACCEPTED, known(job));
  }

  /** Lets a job that did not get done begin again, with the request that it had. */
  @POST
  @Path("{job}/resume")
  public Response resume(@PathParam("job") String job) {
    Job known = known(job);
    return jobs.resume(known.id(), work.of(known))
        .map(resumed -> JobAnswers.of(Response.Status.ACCEPTED, resumed))
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemType.CONFLICT, "The job is running or done; only others resume."));
  }

  private Job last(String after) {
    return find("after", after)
        .orElseThrow(
            () -> ProblemException.malformedParameter("after", "after is no job of yours."));
  }

  private Job known(String job) {
    return find("job", job)
        .orElseThrow(
            () -> ProblemException.of(ProblemType.UNKNOWN_JOB, "There is no such job of yours."));
  }

  /** Others' jobs are not told apart from unknown ones. */
  private Optional<Job> find(String parameter, String text) {
    return jobs.find(id(parameter, text))
        .filter(found -> isAdmin() || found.request().startedBy().equals(caller()));
  }

  private static UUID id(String parameter, String text) {
    if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw ProblemException.malformedParameter(parameter, parameter + " must be the id of a job.");
    }
    return UUID.fromString(text);
  }

  private boolean isAdmin() {
    return security.isUserInRole(Roles.ADMIN);
  }

  private String caller() {
    return security.getUserPrincipal().getName();
  }
}

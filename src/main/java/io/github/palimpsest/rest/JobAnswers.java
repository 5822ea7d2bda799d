package io.github.palimpsest.rest;

import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows jobs. */
final class JobAnswers {
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final JsonProvider JSON = JsonProvider.provider();

  private JobAnswers() {}

  /**
   * Answers a request that became a job: 202, that this was wanted, and where it is, without scheme
   * and host, which a header of the request would decide.
   */
  static Response accepted(UriInfo uri, Job job) {
    return Response.accepted(view(job))
        .header(HttpHeaders.LOCATION, uri.getBaseUri().getRawPath() + "jobs/" + job.id())
        .header("Preference-Applied", "respond-async")
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .build();
  }

  /** Answers a job as it is, and when to ask again if it goes on. */
  static Response of(Response.Status status, Job job) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .entity(view(job))
            .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (job.state().isOpen()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.build();
  }

  static JsonObject page(List<Job> jobs, @Nullable String next) {
    return Views.page(jobs.stream().map(JobAnswers::view).toList(), next);
  }

  private static JsonObject view(Job job) {
    JobRequest request = job.request();
    return JSON.createObjectBuilder()
        .add("id", job.id().toString())
        .add("kind", request.kind())
        .add("target", request.target())
        .add("state", job.state().text())
        .add("cancelRequested", job.isCancelRequested())
        .add("phase", Views.text(job.phase()))
        .add("done", job.done())
        .add("total", job.total() == null ? JsonValue.NULL : JSON.createValue(job.total()))
        .add("startedBy", request.startedBy())
        .add("actor", job.actor())
        .add("reason", request.reason())
        .add("correlationId", Views.text(request.correlationId()))
        .add("timeCreated", Views.instant(job.createdAt()))
        .add("timeStarted", Views.instant(job.startedAt()))
        .add("timeEnded", Views.instant(job.endedAt()))
        .add("request", request.body())
        .add("result", job.result() == null ? JsonValue.NULL : job.result())
        .add("problem", job.problem() == null ? JsonValue.NULL : job.problem())
        .build();
  }
}

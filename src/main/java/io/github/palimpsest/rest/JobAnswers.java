package io.github.palimpsest.rest;

import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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

  /** Answers a request that became a job: 202, where it is, and that this was wanted. */
  static Response accepted(UriInfo uri, Job job) {
    return Response.accepted(view(job))
        .location(uri.getBaseUriBuilder().path("jobs").path(job.id().toString()).build())
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
    JsonArrayBuilder items = JSON.createArrayBuilder();
    jobs.forEach(job -> items.add(view(job)));
    JsonObjectBuilder page = JSON.createObjectBuilder().add("items", items);
    if (next != null) {
      page.add("next", next);
    }
    return page.build();
  }

  private static JsonObject view(Job job) {
    JobRequest request = job.request();
    return JSON.createObjectBuilder()
        .add("id", job.id().toString())
        .add("kind", request.kind())
        .add("target", request.target())
        .add("state", job.state().text())
        .add("cancelRequested", job.isCancelRequested())
        .add("phase", text(job.phase()))
        .add("done", job.done())
        .add("total", job.total() == null ? JsonValue.NULL : JSON.createValue(job.total()))
        .add("startedBy", request.startedBy())
        .add("actor", job.actor())
        .add("reason", request.reason())
        .add("correlationId", text(request.correlationId()))
        .add("timeCreated", text(job.createdAt()))
        .add("timeStarted", text(job.startedAt()))
        .add("timeEnded", text(job.endedAt()))
        .add("request", request.body())
        .add("result", job.result() == null ? JsonValue.NULL : job.result())
        .add("problem", job.problem() == null ? JsonValue.NULL : job.problem())
        .build();
  }

  private static JsonValue text(@Nullable Object value) {
    return value == null ? JsonValue.NULL : JsonText.string(value.toString());
  }
}

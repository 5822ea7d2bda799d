package io.github.palimpsest.rest;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.Undo;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.JobWork;
import io.github.palimpsest.container.Jobs;
import io.github.palimpsest.container.RestoreTransaction;
import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.restore.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.function.Function;

/** Makes the work of restores and undos from their bodies: now, in a job, or in a resumed one. */
@ApplicationScoped
class RestoreWork {
  @Inject AuditedUnits units;
  @Inject RestoreTransaction restores;
  @Inject Jobs jobs;

  /** Returns the work that the request of a job asks for. */
  JobWork of(Job job) {
    JobRequest request = job.request();
    JsonBody json = JsonBody.of(request.body());
    return request.kind().equals(JobRequest.UNDO)
        ? undo(jobs.unit(job), Long.parseLong(request.target()), RestoreRequest.undo(json))
        : restoreAll(request.target(), read(request.target(), json));
  }

  RestoreRequest read(String type, JsonBody json) {
    return RestoreRequest.ofAll(json, units.of(type), type);
  }

  JobWork restoreAll(String type, RestoreRequest request) {
    return work(
        progress -> {
          Restoration done =
              restores.restoreAll(type, request.wanted(), request.filter(), progress);
          return Views.restoredAll(type, request.wanted().asOf(), done);
        });
  }

  JobWork undo(AuditedUnit database, long transaction, Undo undo) {
    return work(progress -> Views.undone(restores.undo(database, transaction, undo, progress)));
  }

  private static JobWork work(Function<Progress, JsonObject> run) {
    return new JobWork() {
      @Override
      public JsonObject run(Progress progress) {
        return run.apply(progress);
      }

      @Override
      public JsonObject explain(Throwable thrown) {
        Problem problem = Explainer.explain(thrown);
        return (problem.status() == 500 ? Incident.report(thrown) : problem).toJson();
      }
    };
  }
}

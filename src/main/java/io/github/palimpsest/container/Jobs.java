package io.github.palimpsest.container;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.capture.Caller;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.job.JobTable;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of all databases: each is kept in the one whose entities it restores. So many of them
 * run at a time on a node that they leave connections to the application.
 */
@ApplicationScoped
public class Jobs {
  @Resource ManagedExecutorService executor;
  @Inject AuditedUnits units;
  @Inject JobTransaction transaction;
  @Inject JtaTransactions transactions;
  @Inject JobSettings settings;

  @SuppressWarnings("NullAway.Init") // open() makes it
  private JobQueue queue;

  /** Called by the container. */
  public Jobs() {}

  @PostConstruct
  void open() {
    queue = new JobQueue(executor, settings.running());
  }

  /**
   * Starts a job in the name of the caller.
   *
   * @param unit whose database keeps it
   */
  public Job start(
      AuditedUnit unit, String kind, String target, JsonObject body, String reason, JobWork work) {
    Provenance provenance = AuditContext.provenance(Caller::actor);
    JobRequest request =
        new JobRequest(kind, target, body, reason, provenance.correlationId(), provenance.actor());
    JobTable table = table(unit);
    UUID id = transactions.callAlone(() -> table.add(request, settings.retention));
    return submitted(table, id, work);
  }

  /**
   * Lets a job begin again, now in the name of the caller.
   *
   * @return how it is then; empty if it runs, is done, or is gone
   */
  public Optional<Job> resume(UUID id, JobWork work) {
    String actor = AuditContext.provenance(Caller::actor).actor();
    return tables()
        .filter(table -> transactions.callAlone(() -> table.queue(id, actor)))
        .findFirst()
        .map(table -> submitted(table, id, work));
  }

  private Job submitted(JobTable table, UUID id, JobWork work) {
    Job job = find(table, id).orElseThrow();
    queue.execute(() -> transaction.run(table, id, work));
    return job;
  }

  /** Returns a job; empty if there is none. */
  public Optional<Job> find(UUID id) {
    return tables().flatMap(table -> find(table, id).stream()).findFirst();
  }

  /** Cancels a job; false if it has ended or is gone. */
  public boolean cancel(UUID id) {
    return tables().anyMatch(table -> transactions.callAlone(() -> table.cancel(id)));
  }

  /**
   * Returns jobs, the newest first.
   *
   * @param startedBy whose; null for everybody's
   * @param after the job to begin after, null for the beginning
   */
  public List<Job> page(@Nullable String startedBy, @Nullable Job after, int limit) {
    return tables()
        .flatMap(
            table -> transactions.callAlone(() -> table.page(startedBy, after, limit)).stream())
        .sorted(Comparator.comparing(Job::createdAt).thenComparing(Job::id).reversed())
        .limit(limit)
        .toList();
  }

  /** Returns a unit of the database that keeps a job. */
  public AuditedUnit unit(Job job) {
    return units.databases().stream()
        .filter(unit -> find(table(unit), job.id()).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private Optional<Job> find(JobTable table, UUID id) {
    return transactions.callAlone(() -> table.find(id));
  }

  private Stream<JobTable> tables() {
    return units.databases().stream().map(Jobs::table);
  }

  private static JobTable table(AuditedUnit unit) {
    return new JobTable(unit.connections());
  }
}

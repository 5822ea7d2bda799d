package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobCancelledException;
import io.github.palimpsest.job.JobTable;
import io.github.palimpsest.restore.Progress;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job in one transaction of its own, which holds the job's lock and writes its end: a job is
 * done if and only if what it did is committed. How far it is goes into transactions beside that
 * one (ADR 0031).
 */
@ApplicationScoped
class JobTransaction {
  private static final System.Logger LOG = System.getLogger(JobTransaction.class.getName());

  /** What {@code UserTransaction} takes for it. */
  private static final int SERVERS_OWN = 0;

  @Resource UserTransaction transaction;
  @Inject JobScope scope;
  @Inject JtaTransactions transactions;
  @Inject JobSettings settings;

  /** Runs a job that waits; does nothing if it does not wait any more. */
  void run(JobTable table, UUID id, JobWork work) {
    limit(settings.timeoutSeconds());
    transactions.callAlone(() -> table.find(id)).ifPresent(job -> run(table, job, work));
    limit(SERVERS_OWN);
  }

  private void run(JobTable table, Job job, JobWork work) {
    AtomicReference<@Nullable Attempt> begun = new AtomicReference<>();
    try {
      AuditContext.call(
          () -> Objects.requireNonNull(begun.get()).job().actor(),
          job.request().reason(),
          job.request().correlationId(),
          () -> scope.call(() -> run(table, job.id(), work, begun)));
      LOG.log(
          INFO, "The job {0} {1}", job.id(), begun.get() == null ? "is not begun here" : "is done");
    } catch (Exception e) {
      Attempt attempt = begun.get();
      if (attempt == null) {
        LOG.log(WARNING, "The job " + job.id() + " could not begin", e);
      } else {
        end(attempt, e instanceof JobCancelledException ? null : work.explain(e));
      }
    }
  }

  /** Within the transaction that holds the job's lock. */
  private boolean run(
      JobTable table, UUID id, JobWork work, AtomicReference<@Nullable Attempt> begun) {
    if (!table.tryLock(id)) {
      return false;
    }
    Optional<Attempt> attempt = begin(table, id);
    attempt.ifPresent(
        one -> {
          begun.set(one);
          table.finish(id, one.number(), work.run(one.progress(transactions)));
        });
    return attempt.isPresent();
  }

  /** Whoever resumed it while it waited is its actor. */
  private Optional<Attempt> begin(JobTable table, UUID id) {
    return transactions.callAlone(
        () -> {
          OptionalInt number = table.begin(id);
          return number.isEmpty()
              ? Optional.empty()
              : table.find(id).map(job -> new Attempt(table, job, number.getAsInt()));
        });
  }

  /** After the transaction, which may hold the job's row; if it is resumed meanwhile, no more. */
  private void end(Attempt attempt, @Nullable JsonObject problem) {
    UUID id = attempt.job().id();
    try {
      transactions.callAlone(
          () -> {
            attempt.table().end(id, attempt.number(), problem);
            return true;
          });
      LOG.log(INFO, "The job {0} ended without a change", id);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "The job " + id + " could not tell its end", e);
    }
  }

  /**
   * Sets how long transactions of this thread may take. Payara Micro may refuse it: one
   * transactional method that ends while another begins can leave user transactions forbidden in a
   * request and in what it begins. Then the server's own limit holds, which is none unless it is
   * configured.
   */
  private void limit(int seconds) {
    try {
      transaction.setTransactionTimeout(seconds);
    } catch (SystemException | IllegalStateException e) {
      LOG.log(WARNING, "A job has the limit of time of its server", e);
    }
  }

  /** One run of a job. */
  private record Attempt(JobTable table, Job job, int number) {
    Progress progress(JtaTransactions transactions) {
      return new Progress() {
        private @Nullable Long most;

        @Override
        public void reached(Phase phase, long done, LongSupplier total) {
          if (most == null) {
            most = total.getAsLong();
          }
          long known = Math.max(most, done);
          transactions.callAlone(
              () -> {
                table.report(job.id(), number, phase.name().toLowerCase(Locale.ROOT), done, known);
                return true;
              });
        }
      };
    }
  }
}

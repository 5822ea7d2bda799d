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
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
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

  @Resource UserTransaction transaction;
  @Inject JtaTransactions transactions;
  @Inject JobSettings settings;

  /** Runs a job that waits; does nothing if it does not wait any more. */
  void run(JobTable table, UUID id, JobWork work) {
    try {
      transaction.setTransactionTimeout(settings.timeoutSeconds());
      transaction.begin();
      if (table.tryLock(id)) {
        begin(table, id)
            .ifPresentOrElse(
                attempt -> run(attempt, work),
                () -> LOG.log(INFO, "The job {0} does not wait any more", id));
      } else {
        LOG.log(INFO, "Another transaction does the work of the job {0}", id);
      }
    } catch (Exception e) {
      LOG.log(WARNING, "The job " + id + " could not begin or tell its end", e);
    } finally {
      rollBack(id);
    }
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

  private void run(Attempt attempt, JobWork work) {
    try {
      AuditContext.call(
          attempt.job()::actor,
          attempt.job().request().reason(),
          attempt.job().request().correlationId(),
          () -> {
            JsonObject result = work.run(attempt.progress(transactions));
            attempt.table().finish(attempt.job().id(), attempt.number(), result);
            transaction.commit();
            return true;
          });
      LOG.log(INFO, "The job {0} is done", attempt.job().id());
    } catch (JobCancelledException e) {
      end(attempt, null);
    } catch (Exception e) {
      end(attempt, work.explain(e));
    }
  }

  /** After the transaction, which may hold the job's row; if it is resumed meanwhile, no more. */
  private void end(Attempt attempt, @Nullable JsonObject problem) {
    rollBack(attempt.job().id());
    transactions.callAlone(
        () -> {
          attempt.table().end(attempt.job().id(), attempt.number(), problem);
          return true;
        });
    LOG.log(INFO, "The job {0} ended without a change", attempt.job().id());
  }

  private void rollBack(UUID id) {
    try {
      if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        transaction.rollback();
      }
      transaction.setTransactionTimeout(0);
    } catch (SystemException e) {
      LOG.log(WARNING, "The transaction of the job " + id + " could not be rolled back", e);
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

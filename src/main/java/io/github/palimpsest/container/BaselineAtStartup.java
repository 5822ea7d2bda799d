package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.event.BaselineRuns;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.state.EntityModel;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records the baseline of types that history has never seen, after the application has started and
 * in the background, if {@code palimpsest.baseline.at-startup} is true. Of several nodes one works.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BaselineAtStartup {
  private static final System.Logger LOG = System.getLogger(BaselineAtStartup.class.getName());
  private static final String REASON = "rows that were there before capture";

  @Resource TimerService timers;
  @Inject AuditedUnits units;
  @Inject BaselineBatches baselines;

  @Inject
  @ConfigProperty(name = "palimpsest.baseline.at-startup", defaultValue = "false")
  boolean isWanted;

  private final BaselineRuns runs = new BaselineRuns();

  /** Called by the container. */
  public BaselineAtStartup() {}

  @PostConstruct
  void start() {
    if (isWanted) {
      timers.createSingleActionTimer(0, new TimerConfig("palimpsest.baseline", false));
    }
  }

  /** Each type by itself: one whose rows cannot be read does not keep the others from theirs. */
  @Timeout
  void record() {
    units.all().forEach(this::record);
  }

  private void record(AuditedUnit unit) {
    for (EntityModel model : unit.models().all()) {
      try {
        recordIfUnseen(unit.connections(), model.contentType());
      } catch (RuntimeException e) {
        LOG.log(
            WARNING, "No baseline of " + model.contentType() + "; the next start tries again", e);
      }
    }
  }

  /** The transaction around it holds the lock; the batches have transactions of their own. */
  private void recordIfUnseen(Connections connections, String contentType) {
    boolean isDue =
        connections.call(
            connection -> runs.tryLock(connection) && runs.begin(connection, contentType));
    if (isDue) {
      connections.call(
          connection -> {
            if (runs.tryLock(connection)) {
              long recorded = baselines.record(contentType, REASON);
              runs.finish(connection, contentType);
              LOG.log(INFO, "Baseline of {0} at start-up: {1} recorded", contentType, recorded);
            }
            return true;
          });
    }
  }
}

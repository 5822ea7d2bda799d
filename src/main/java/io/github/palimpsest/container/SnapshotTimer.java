package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.snapshot.Snapshotter;
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
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes due snapshots every {@code palimpsest.snapshot.interval}; zero turns it off. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SnapshotTimer {
  private static final System.Logger LOG = System.getLogger(SnapshotTimer.class.getName());

  @Resource TimerService timers;
  @Inject AuditedUnits units;

  @Inject
  @ConfigProperty(name = "palimpsest.snapshot.interval", defaultValue = "PT1M")
  Duration interval;

  /** Called by the container. */
  public SnapshotTimer() {}

  @PostConstruct
  void start() {
    if (interval.isNegative()) {
      throw new IllegalArgumentException(
          "palimpsest.snapshot.interval must not be negative, was " + interval);
    }
    if (!interval.isZero()) {
      long millis = interval.toMillis();
      timers.createIntervalTimer(millis, millis, new TimerConfig("palimpsest", false));
    }
  }

  /** Must not throw: containers remove a timer that fails twice, and the database may be away. */
  @Timeout
  void tick() {
    try {
      LOG.log(
          INFO,
          "Snapshots taken: {0}",
          units.snapshotters().stream().mapToInt(Snapshotter::takeDue).sum());
    } catch (RuntimeException e) {
      LOG.log(WARNING, "No snapshots could be taken; the next tick tries again", e);
    }
  }
}

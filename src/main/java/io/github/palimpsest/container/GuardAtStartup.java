package io.github.palimpsest.container;

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

/**
 * Installs or updates the guard when the application has started: only then are the tables there
 * that it makes itself.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GuardAtStartup {
  @Resource TimerService timers;
  @Inject Guards guards;

  /** Called by the container. */
  public GuardAtStartup() {}

  @PostConstruct
  void start() {
    if (guards.mode().isPresent()) {
      timers.createSingleActionTimer(0, new TimerConfig("palimpsest.guard", false));
    }
  }

  @Timeout
  void install() {
    guards.start();
  }
}

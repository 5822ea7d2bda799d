package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.ERROR;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The guards of the application's databases, outside the active transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class Guards {
  private static final System.Logger LOG = System.getLogger(Guards.class.getName());

  private static final String UNGUARDED =
      "Changes past JPA are not recorded: {0}. See palimpsest.migrate.url, palimpsest.guard.exclude"
          + " and palimpsest.guard, or install it by POST /audit/guard.";

  @Inject AuditedUnits units;
  @Inject GuardSettings settings;

  /** Called by the container. */
  public Guards() {}

  /** Returns the configured mode; empty for off. */
  public Optional<GuardMode> mode() {
    return settings.mode();
  }

  /** Returns how triggers and entity classes compare, one report for each database. */
  public List<GuardReport> report() {
    GuardMode mode = settings.mode().orElse(GuardMode.RECORD);
    return guards().stream().map(guard -> guard.report(mode)).toList();
  }

  /**
   * Installs or updates the triggers in the configured mode, in mode {@link GuardMode#RECORD} if it
   * is off.
   */
  public List<GuardReport> install() {
    GuardMode mode = settings.mode().orElse(GuardMode.RECORD);
    return guards().stream().map(guard -> guard.install(mode)).toList();
  }

  /** Drops all triggers. */
  public void drop() {
    guards().forEach(Guard::drop);
  }

  /** Installs what is configured. Must not throw: a timer that fails is called again. */
  void start() {
    settings.mode().ifPresent(mode -> guards().forEach(guard -> start(guard, mode)));
  }

  private static void start(Guard guard, GuardMode mode) {
    try {
      List<GuardReport.Type> unguarded =
          guard.install(mode).types().stream().filter(type -> !type.problems().isEmpty()).toList();
      if (!unguarded.isEmpty()) {
        LOG.log(ERROR, UNGUARDED, unguarded);
      }
    } catch (HistoryUnavailableException e) {
      LOG.log(ERROR, UNGUARDED, e.getMessage());
    }
  }

  private List<Guard> guards() {
    return units.byDatabase().stream().map(settings::of).toList();
  }
}

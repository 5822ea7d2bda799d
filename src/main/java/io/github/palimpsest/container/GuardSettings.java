package io.github.palimpsest.container;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.state.EntityModel;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What MicroProfile Config says of the guard, and whose connections it works with. */
@Dependent
class GuardSettings {
  private static final String OFF = "off";

  @Inject
  @ConfigProperty(name = "palimpsest.guard", defaultValue = "record")
  String guard;

  @Inject
  @ConfigProperty(name = "palimpsest.guard.exclude")
  Optional<String> excluded;

  @Inject OwnerLogin owner;

  /**
   * Returns the mode; empty for off.
   *
   * @throws IllegalArgumentException if it is none
   */
  Optional<GuardMode> mode() {
    return switch (guard.toLowerCase(Locale.ROOT)) {
      case OFF -> Optional.empty();
      case "record" -> Optional.of(GuardMode.RECORD);
      case "strict" -> Optional.of(GuardMode.STRICT);
      default ->
          throw new IllegalArgumentException(
              "palimpsest.guard must be record, strict or off, was " + guard);
    };
  }

  /**
   * Returns the guard of a database.
   *
   * @param units all that lie in it, one at least
   */
  Guard of(List<AuditedUnit> units) {
    Map<EntityModel, AuditedUnit> owners = new LinkedHashMap<>();
    Map<String, EntityModel> types = new LinkedHashMap<>();
    units.forEach(
        unit ->
            unit.models().all().stream()
                .filter(model -> types.putIfAbsent(model.contentType(), model) == null)
                .forEach(model -> owners.put(model, unit)));
    List<String> unguarded = List.of(excluded.orElse("").split("\\s*,\\s*"));
    Opening application = units.get(0).jpa()::connect;
    return new Guard(
        connections(application),
        connections(owner.isPresent() ? owner::connect : application),
        owners.keySet(),
        model -> !unguarded.contains(model.contentType()),
        model -> Objects.requireNonNull(owners.get(model)).jpa().sql(model));
  }

  @FunctionalInterface
  private interface Opening {
    Connection open() throws SQLException;
  }

  private static Connections connections(Opening opening) {
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        try (Connection connection = opening.open()) {
          return inTransaction(connection, work);
        } catch (SQLException e) {
          throw new HistoryUnavailableException(
              "The guard could not work: %s (SQLState %s)."
                  .formatted(e.getMessage(), e.getSQLState()),
              e);
        }
      }
    };
  }

  private static <R> R inTransaction(Connection connection, Connections.Work<R> work)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean isDone = false;
    try {
      R result = work.on(connection);
      connection.commit();
      isDone = true;
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("The server is stopping.", e);
    } finally {
      if (!isDone) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }
}

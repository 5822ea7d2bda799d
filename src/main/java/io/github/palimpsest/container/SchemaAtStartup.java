package io.github.palimpsest.container;

import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.SchemaChanges;
import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.event.TransactionNumbers;
import io.github.palimpsest.state.EntityModel;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings the schema of each database up to date when the application starts: as the configured
 * owner, else as the application itself. What is up to date is left alone.
 */
@Dependent
class SchemaAtStartup {
  private static final String CREATE_PARTITIONS = "select palimpsest.create_partitions(3)";
  private static final String MAY_SET_MASK_KEY =
      "select has_function_privilege('palimpsest.set_mask_key(text)', 'execute')";
  private static final String SET_MASK_KEY = "select palimpsest.set_mask_key(?)";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @Inject
  @ConfigProperty(name = "palimpsest.migrate", defaultValue = "true")
  boolean isAllowed;

  @Inject OwnerLogin owner;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.writer")
  Optional<String> writer;

  @Inject
  @ConfigProperty(name = "palimpsest.mask.key")
  Optional<String> maskKey;

  /**
   * Brings them up to date, with three months of partitions ahead.
   *
   * @param databases a unit of each
   * @throws IllegalStateException if one is not and cannot be, or another server wrote its history;
   *     the message says what to do
   */
  void ensure(List<AuditedUnit> databases) {
    boolean isDue = maskKey.isPresent() || databases.stream().anyMatch(SchemaAtStartup::isBehind);
    if (isAllowed && owner.isPresent() && isDue) {
      migrateAsOwner();
    }
    databases.forEach(this::ensure);
  }

  private void ensure(AuditedUnit unit) {
    try (Connection connection = unit.jpa().connect()) {
      List<String> missing = SchemaChanges.missing(connection);
      if (!missing.isEmpty()) {
        if (!isAllowed) {
          throw new IllegalStateException(message(unit, connection, missing, "is off"));
        }
        migrateAsApplication(unit, connection, missing);
      }
      TransactionNumbers.requireGiven(connection);
      createPartitions(connection);
      if (isAllowed && maskKey.isPresent()) {
        setMaskKey(connection, maskKey.get());
      }
    } catch (SQLException e) {
      throw failure(unit, e);
    }
  }

  /** Does nothing if the role does not own the schema: then the owner has set it. */
  private static void setMaskKey(Connection connection, String key) throws SQLException {
    if (!maySetMaskKey(connection)) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SET_MASK_KEY)) {
      statement.setString(1, key);
      statement.execute();
    }
  }

  private static boolean maySetMaskKey(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MAY_SET_MASK_KEY)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void migrateAsApplication(
      AuditedUnit unit, Connection connection, List<String> missing) throws SQLException {
    try {
      SchemaMigration.migrate(connection, role(connection));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          message(unit, connection, missing, "needs liquibase-core in WEB-INF/lib"), e);
    } catch (SQLException e) {
      if (isRefusal(e)) {
        String why = "is not allowed to this role";
        throw new IllegalStateException(message(unit, connection, missing, why), e);
      }
      throw e;
    }
  }

  private static boolean isRefusal(SQLException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static String message(
      AuditedUnit unit, Connection connection, List<String> missing, String why)
      throws SQLException {
    String role = role(connection);
    return """
        The schema palimpsest in the database %s of the persistence unit %s lacks %d change sets, \
        from %s on, and making them at start-up %s. Either let the role make them (grant create on \
        database %s to %s), or name the login of its owner in palimpsest.migrate.url, .user and \
        .password with palimpsest.migrate.writer=%s, or include liquibase/palimpsest.xml in a \
        change log of your own that runs before, with the parameter writer=%s.\
        """
        .formatted(
            connection.getCatalog(),
            unit.name(),
            missing.size(),
            missing.get(0),
            why,
            connection.getCatalog(),
            role,
            role,
            role);
  }

  private static String role(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_user")) {
      row.next();
      return row.getString(1);
    }
  }

  private static boolean isBehind(AuditedUnit unit) {
    try (Connection connection = unit.jpa().connect()) {
      return !SchemaChanges.missing(connection).isEmpty();
    } catch (SQLException e) {
      throw failure(unit, e);
    }
  }

  private void migrateAsOwner() {
    try (Connection connection = owner.connect()) {
      SchemaMigration.migrate(connection, writer.orElseGet(owner::user));
      if (maskKey.isPresent()) {
        SchemaMigration.maskKey(connection, maskKey.get());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The schema palimpsest could not be brought up to date by palimpsest.migrate.url", e);
    }
  }

  /** Makes a unit's content types known, so that no transaction has to. */
  static void register(AuditedUnit unit) {
    try (Connection connection = unit.jpa().connect()) {
      new ContentTypes()
          .register(
              connection, unit.models().all().stream().map(EntityModel::asContentType).toList());
    } catch (SQLException e) {
      throw failure(unit, e);
    }
  }

  /** Makes three months of partitions ahead. */
  static boolean createPartitions(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREATE_PARTITIONS)) {
      return statement.execute();
    }
  }

  private static IllegalStateException failure(AuditedUnit unit, SQLException cause) {
    return new IllegalStateException(
        "The schema palimpsest of the persistence unit %s is not ready: %s (SQLState %s)"
            .formatted(unit.name(), cause.getMessage(), cause.getSQLState()),
        cause);
  }
}

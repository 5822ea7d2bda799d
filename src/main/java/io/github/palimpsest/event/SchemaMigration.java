package io.github.palimpsest.event;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.jspecify.annotations.Nullable;

/** Brings a schema up to date by Liquibase. Liquibase locks: several nodes may start at once. */
public final class SchemaMigration {
  private static final String SCHEMA = "palimpsest";

  private SchemaMigration() {}

  /**
   * Opens a connection outside every pool and JTA transaction, as a migration needs it.
   *
   * @param url JDBC URL of a PostgreSQL database
   * @throws SQLException if the database refuses
   */
  public static Connection connect(String url, String user, String password) throws SQLException {
    try {
      // Loading registers it: a driver in WEB-INF/lib is not there when DriverManager looks around.
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new SQLException("the PostgreSQL driver is not on the class path", e);
    }
    return DriverManager.getConnection(url, user, password);
  }

  /**
   * Creates or updates the schema {@code palimpsest}, with Liquibase's own tables in it.
   *
   * @param connection of the role that is to own the schema, not part of a JTA transaction
   * @param writer the application's role: may append and read, nothing else
   * @throws SQLException if the database or Liquibase fails
   * @throws IllegalStateException if another server wrote the history, as {@link
   *     TransactionNumbers#requireGiven} says
   */
  public static void migrate(Connection connection, String writer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + SCHEMA);
    }
    update(connection, "liquibase/palimpsest.xml", Map.of("writer", writer), SCHEMA);
    TransactionNumbers.requireGiven(connection);
  }

  /**
   * Gives the database the key of masked attributes, which it needs to read rows as states. In
   * place of this the owner may call {@code palimpsest.set_mask_key}.
   *
   * @param connection of the role that owns the schema; what it has not committed is committed
   * @param key the same as the application's, at least 32 bytes
   * @throws SQLException if the database refuses
   */
  public static void maskKey(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select palimpsest.set_mask_key(?)")) {
      statement.setString(1, key);
      statement.execute();
    }
    if (!connection.getAutoCommit()) {
      // Liquibase leaves it so.
      connection.commit();
    }
  }

  /**
   * Applies a change log of the application to its default schema.
   *
   * @param connection not part of a JTA transaction
   * @param changeLog path on the class path
   * @param parameters of the change log
   * @throws SQLException if the database or Liquibase fails
   */
  public static void update(Connection connection, String changeLog, Map<String, String> parameters)
      throws SQLException {
    update(connection, changeLog, parameters, null);
  }

  private static void update(
      Connection connection,
      String changeLog,
      Map<String, String> parameters,
      @Nullable String liquibaseSchema)
      throws SQLException {
    ClassLoader loader = SchemaMigration.class.getClassLoader();
    try {
      Database database =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      if (liquibaseSchema != null) {
        database.setLiquibaseSchemaName(liquibaseSchema);
      }
      Liquibase liquibase =
          new Liquibase(changeLog, new ClassLoaderResourceAccessor(loader), database);
      parameters.forEach(liquibase::setChangeLogParameter);
      liquibase.update(new Contexts(), new LabelExpression());
    } catch (LiquibaseException e) {
      throw new SQLException("cannot apply " + changeLog, e);
    }
  }
}

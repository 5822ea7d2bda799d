package io.github.palimpsest.bank;

import io.github.palimpsest.event.SchemaMigration;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where the bank's tables are; creates them when the application starts. The transactions are the
 * bean's because Liquibase commits its own.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@DataSourceDefinition(
    name = "java:app/jdbc/bank",
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${MPCONFIG=DB_URL}",
    user = "${MPCONFIG=DB_USER}",
    password = "${MPCONFIG=DB_PASSWORD}")
public class BankDatabase {
  @Inject
  @ConfigProperty(name = "DB_URL")
  String url;

  @Inject
  @ConfigProperty(name = "DB_USER")
  String user;

  @Inject
  @ConfigProperty(name = "DB_PASSWORD")
  String password;

  /** Creates or changes the tables, as the user that the application has; it owns them. */
  @PostConstruct
  public void migrate() {
    try (Connection connection = SchemaMigration.connect(url, user, password)) {
      SchemaMigration.update(connection, "liquibase/bank.xml", Map.of());
    } catch (SQLException e) {
      throw new IllegalStateException("The tables of the bank could not be created.", e);
    }
  }
}

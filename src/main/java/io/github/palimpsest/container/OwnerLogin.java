package io.github.palimpsest.container;

import io.github.palimpsest.event.SchemaMigration;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How to log in as the owner of the schema, where that is not the application's own role. */
@Dependent
class OwnerLogin {
  @Inject
  @ConfigProperty(name = "palimpsest.migrate.url")
  Optional<String> url;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.user")
  Optional<String> user;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.password")
  Optional<String> password;

  /** Returns whether one is configured. */
  boolean isPresent() {
    return url.isPresent();
  }

  /** Returns the owner's name. */
  String user() {
    return user.orElse("");
  }

  /**
   * Opens a connection outside every pool and JTA transaction.
   *
   * @throws SQLException if the database refuses
   */
  Connection connect() throws SQLException {
    return SchemaMigration.connect(url.orElseThrow(), user(), password.orElse(""));
  }
}

package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.capture.eclipselink.AuditListener;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Brings the schema up to date when the application starts, if {@code palimpsest.migrate.url} is
 * configured, makes the audited types known, and keeps three months of partitions ahead.
 */
@Singleton(name = "SchemaAtStartup")
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SchemaAtStartup {
  private static final System.Logger LOG = System.getLogger(SchemaAtStartup.class.getName());
  private static final String CREATE_PARTITIONS = "select palimpsest.create_partitions(3)";

  @PersistenceUnit EntityManagerFactory factory;
  @Inject EntityModels models;
  @Inject Connections connections;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.url")
  Optional<String> url;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.user")
  Optional<String> user;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.password")
  Optional<String> password;

  @Inject
  @ConfigProperty(name = "palimpsest.migrate.writer")
  Optional<String> writer;

  @Inject
  @ConfigProperty(name = "palimpsest.mask.key")
  Optional<String> maskKey;

  /** Called by the container. */
  public SchemaAtStartup() {}

  @PostConstruct
  void start() {
    url.ifPresent(this::migrate);
    List<EntityModel> all = models.all();
    connections.call(
        connection -> {
          new EventWriter()
              .register(connection, all.stream().map(EntityModel::asContentType).toList());
          return all.size();
        });
    List<String> attached = AuditListener.attachTo(factory.unwrap(ServerSession.class));
    if (!attached.isEmpty()) {
      LOG.log(
          WARNING, "No mapping file attached the listener to {0}; it is attached now", attached);
    }
    LOG.log(INFO, "History is kept of {0}", all.stream().map(EntityModel::contentType).toList());
  }

  /** Must not throw: containers remove a timer that fails twice, and the database may be away. */
  @Schedule(hour = "3", persistent = false)
  void createPartitions() {
    try {
      connections.call(SchemaAtStartup::createPartitions);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "No partitions could be made; the next day tries again", e);
    }
  }

  private static boolean createPartitions(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREATE_PARTITIONS)) {
      return statement.execute();
    }
  }

  private void migrate(String target) {
    String owner = user.orElse("");
    try (Connection connection = SchemaMigration.connect(target, owner, password.orElse(""))) {
      SchemaMigration.migrate(connection, writer.orElse(owner));
      if (maskKey.isPresent()) {
        SchemaMigration.maskKey(connection, maskKey.get());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the schema palimpsest could not be brought up to date", e);
    }
  }
}

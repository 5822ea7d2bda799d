package io.github.palimpsest.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL server of this process, for any of its threads, reachable from this machine only.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  // As the library always passes -F (no fsync), durable has to be said.
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
  private static final Map<String, String> FAST =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  private final ServerFolder folder;
  private final EmbeddedPostgres server;
  private boolean closed;

  private EmbeddedDatabase(ServerFolder folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts an empty server in a temporary folder. The folder goes when the server is closed, at the
   * latest when the JVM ends.
   */
  public static EmbeddedDatabase temporary() {
    return Running.untilExit()
        .start(() -> start(ServerFolder.temporary(), FAST), EmbeddedDatabase::close);
  }

  /**
   * Starts a server on the data in {@code folder}; it is empty if the folder is or does not exist.
   * The caller closes it: otherwise it outlives the JVM, and the next start on the folder stops it.
   */
  public static EmbeddedDatabase kept(Path folder) {
    return start(ServerFolder.kept(folder.toAbsolutePath().normalize()), DURABLE);
  }

  private static EmbeddedDatabase start(ServerFolder folder, Map<String, String> durability) {
    try {
      refuseRootWithoutUnshare();
      new Postmaster(folder).stopLeftover();
      Files.deleteIfExists(folder.log());
      return new EmbeddedDatabase(folder, builder(folder, durability).start());
    } catch (IOException | RuntimeException e) {
      StartFailure failure = failure(folder, e);
      abandon(folder);
      throw failure;
    }
  }

  private static void refuseRootWithoutUnshare() {
    if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()) {
      throw new StartFailure(
          "PostgreSQL does not run as root, and `unshare -U` (util-linux), which would give it"
              + " another user, does not work here: use another account, or another PostgreSQL"
              + " (DB_URL, DB_USER and DB_PASSWORD).");
    }
  }

  private static EmbeddedPostgres.Builder builder(
      ServerFolder folder, Map<String, String> durability) throws IOException {
    Path password = folder.password();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.data())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(30))
            .setOutputRedirector(Redirect.appendTo(folder.log().toFile()))
            .setConnectConfig("password", Files.readString(password))
            .setServerConfig("max_connections", "200")
            .setServerConfig("max_prepared_transactions", "20")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "");
    initialise(builder, password);
    durability.forEach(builder::setServerConfig);
    return builder;
  }

  /** Options of initdb, which the library calls locale options and hands on as they are. */
  private static void initialise(EmbeddedPostgres.Builder builder, Path password) {
    builder
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", password.toString())
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8");
  }

  private static StartFailure failure(ServerFolder folder, Exception cause) {
    if (cause instanceof StartFailure failure) {
      return failure;
    }
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    String sentence =
        "PostgreSQL did not start in %s on %s: %s. If its data are damaged, delete that folder."
            .formatted(folder, system, cause.getMessage());
    return StartFailure.withLog(sentence, folder.log(), cause);
  }

  private static void abandon(ServerFolder folder) {
    try {
      new Postmaster(folder).stopLeftover();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      folder.close();
    }
  }

  /**
   * Returns the way into {@code database}, created if missing. Its role {@code <database>_owner}
   * owns the database; its role {@code <database>_app} owns the schema {@code public} and may
   * create nothing outside of it. Both have the password "demo".
   *
   * @throws IllegalArgumentException if the name is not a lower-case SQL identifier
   */
  public synchronized Login create(String database) {
    try {
      return new Databases(server).create(database);
    } catch (SQLException e) {
      throw new StartFailure("The database " + database + " could not be created: " + e, e);
    }
  }

  /** Stops the server, and with it every open connection. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      abandon(folder);
    }
  }
}

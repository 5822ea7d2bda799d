package io.github.palimpsest.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * Runs the demo until Ctrl-C: {@code mvn -Prun}. The environment variables are those of {@link
 * Settings}.
 */
final class Run {
  private static final String DATABASE = "bank";
  private static final int SECONDS_TO_CONNECT = 10;

  private final Path project;
  private final Settings settings;
  private final Running running;

  private Run(Path project, Settings settings, Running running) {
    this.project = project;
    this.settings = settings;
    this.running = running;
  }

  /** Takes the project's folder as the only argument. */
  public static void main(String[] arguments) throws InterruptedException {
    Running running = Running.untilExit();
    try {
      Path project = Path.of(arguments[0]).toAbsolutePath();
      throw new Run(project, Settings.of(System.getenv()), running).untilEnd();
    } catch (StartFailure failure) {
      if (!running.isStopping()) {
        System.err.println(failure.getMessage());
      }
      System.exit(1);
    }
  }

  private StartFailure untilEnd() throws InterruptedException {
    requireFile("palimpsest.war");
    requireFile("payara-micro.jar");
    requireFreePort();
    Login login = settings.database().orElseGet(this::startDatabase);
    requireConnection(login.url(), login.user(), login.password());
    requireConnection(login.url(), login.owner(), login.ownerPassword());
    PayaraMicro payara = startPayara(login);
    payara.awaitDeployed(new Probe(settings.port()));
    boolean embedded = settings.database().isEmpty();
    System.out.println(new Summary(settings, login, embedded, target().resolve("payara.log")));
    return payara.awaitEnd();
  }

  private Path target() {
    return project.resolve("target");
  }

  private void requireFile(String name) {
    Path file = target().resolve(name);
    if (!Files.exists(file)) {
      throw new StartFailure(file + " is missing: run `mvn -Prun`, which builds it first.");
    }
  }

  private void requireFreePort() {
    try {
      new ServerSocket(settings.port(), 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new StartFailure(
          "Port %d cannot be used (%s): stop what uses it, or set PORT to another one."
              .formatted(settings.port(), e.getMessage()),
          e);
    }
  }

  private Login startDatabase() {
    System.out.println("Starting PostgreSQL ...");
    return running
        .start(
            () -> EmbeddedDatabase.kept(project.resolve(".palimpsest/postgres")),
            EmbeddedDatabase::close)
        .create(DATABASE);
  }

  private static void requireConnection(String url, String user, String password) {
    DriverManager.setLoginTimeout(SECONDS_TO_CONNECT);
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      connection.getMetaData();
    } catch (SQLException e) {
      throw new StartFailure(
          "Cannot connect to %s as %s: %s"
              .formatted(url.replaceFirst("[?].*$", ""), user, e.getMessage()),
          e);
    }
  }

  private PayaraMicro startPayara(Login login) {
    System.out.println("Starting Payara Micro ...");
    return running.start(
        () -> PayaraMicro.start(target(), settings.port(), environment(login)), PayaraMicro::close);
  }

  private Map<String, String> environment(Login login) {
    return Map.of(
        "DB_URL", login.url(),
        "DB_USER", login.user(),
        "DB_PASSWORD", login.password(),
        "DB_OWNER", login.owner(),
        "DB_OWNER_PASSWORD", login.ownerPassword(),
        "DEMO_PASSWORD", settings.demoPassword());
  }
}

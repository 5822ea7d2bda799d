package io.github.palimpsest.it;

import fish.payara.arquillian.container.payara.managed.PayaraMicroContainerConfiguration;
import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import io.github.palimpsest.run.EmbeddedDatabase;
import io.github.palimpsest.run.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Payara Micro with the demo, started with the first test class and kept for
 * all. What a test class deploys besides is in the same server, as long as the class needs it.
 */
public class SharedPayara implements LoadableExtension {
  private static final System.Logger LOG = System.getLogger(SharedPayara.class.getName());

  static final String PASSWORD = "demo";
  static final int SNAPSHOT_EVERY = 10;
  static final String MASK_KEY = "thirty-two-bytes-or-some-more-of-them";

  private static @Nullable Login login;
  private static @Nullable URI address;
  private static @Nullable EmbeddedDatabase postgres;

  /** Called by Arquillian. */
  public SharedPayara() {}

  static Login login() {
    return Objects.requireNonNull(login, "no server has been started");
  }

  static URI address() {
    return Objects.requireNonNull(address, "no server has been started");
  }

  /** Returns the way into a database of that name, created if missing. */
  static Login database(String name) {
    return Objects.requireNonNull(postgres, "no server has been started").create(name);
  }

  /** The same with one role for all, which owns the database. */
  static Login ownDatabase(String name) {
    Login login = database(name);
    new Database(login, false).execute("grant all on schema public to " + login.owner());
    return new Login(
        login.url(), login.owner(), login.ownerPassword(), login.owner(), login.ownerPassword());
  }

  /** Deploys an application at the context root of its name; returns nothing, or why it failed. */
  static String deploy(Archive<?> archive) {
    Path file = Container.temporary().resolve(archive.getName());
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    return Http.nobody()
        .post("/door/deploy?name=%s&file=%s".formatted(name(archive), file), "")
        .expect(200)
        .body();
  }

  /** Undeploys it. */
  static void undeploy(Archive<?> archive) {
    Http.nobody().post("/door/undeploy?name=" + name(archive), "").expect(200);
  }

  private static String name(Archive<?> archive) {
    return archive.getName().replaceFirst("\\.war$", "");
  }

  @Override
  public void register(ExtensionBuilder builder) {
    builder.override(
        DeployableContainer.class, PayaraMicroDeployableContainer.class, Container.class);
  }

  /** Deploys the demo once, and beside it what a test class asks for. */
  public static class Container extends PayaraMicroDeployableContainer {
    private static final int ATTEMPTS = 3;

    private @Nullable PayaraMicroContainerConfiguration microConfiguration;
    private @Nullable ProtocolMetaData running;
    private @Nullable Archive<?> archive;

    /** Called by Arquillian. */
    public Container() {}

    @Override
    public void setup(PayaraMicroContainerConfiguration configuration) {
      postgres = EmbeddedDatabase.temporary();
      login = database("bank");
      Database.application().execute(Resources.text("/it/tables.sql"));
      configuration.setRandomHttpPort(false);
      configuration.setAutoBindHttp(false);
      configuration.setCmdOptions(javaOptions(login()));
      configuration.setOutputToConsole(false);
      microConfiguration = configuration;
      listenOn(freePort());
      super.setup(configuration);
    }

    private void listenOn(int port) {
      address = URI.create("http://127.0.0.1:" + port);
      Objects.requireNonNull(microConfiguration).setExtraMicroOptions(microOptions(port));
    }

    private static String microOptions(int port) {
      return String.join(
          " ",
          "--contextroot / --disablephonehome",
          "--port " + port,
          "--prebootcommandfile " + Resources.path("/payara/boot.txt"),
          "--postbootcommandfile " + Path.of("docker", "payara-boot.txt").toAbsolutePath(),
          "--logproperties " + Resources.path("/payara/logging.properties"));
    }

    private static String javaOptions(Login database) {
      return String.join(
          " ",
          "-Xmx768m",
          "-Djava.io.tmpdir=" + temporary(),
          "-DDB_URL=" + database.url(),
          "-DDB_USER=" + database.user(),
          "-DDB_PASSWORD=" + database.password(),
          "-DDB_OWNER=" + database.owner(),
          "-DDB_OWNER_PASSWORD=" + database.ownerPassword(),
          "-DDEMO_PASSWORD=" + PASSWORD,
          "-Dpalimpsest.baseline.at-startup=true",
          "-Dpalimpsest.guard=off",
          "-Dpalimpsest.snapshot.interval=PT1S",
          "-Dpalimpsest.snapshot.every=" + SNAPSHOT_EVERY,
          "-Dpalimpsest.mask.key=" + MASK_KEY);
    }

    private static Path temporary() {
      try {
        return Files.createDirectories(Path.of("target", "payara-it").toAbsolutePath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> deployed) throws DeploymentException {
      ProtocolMetaData metaData = running == null ? startDemo() : running;
      if (!isDemo(deployed)) {
        String failure = SharedPayara.deploy(deployed);
        if (!failure.isEmpty()) {
          throw new DeploymentException(failure);
        }
      }
      return metaData;
    }

    private ProtocolMetaData startDemo() throws DeploymentException {
      Archive<?> demo = ServerIT.war();
      ProtocolMetaData metaData = start(demo);
      requireServlets(metaData);
      archive = demo;
      running = metaData;
      return metaData;
    }

    private static boolean isDemo(Archive<?> deployed) {
      return deployed.getName().equals(ServerIT.war().getName());
    }

    /** Once in many starts Payara Micro says that it is ready, yet listens on no port. */
    private ProtocolMetaData start(Archive<?> deployed) throws DeploymentException {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        ProtocolMetaData metaData = super.deploy(deployed);
        if (isListening()) {
          return metaData;
        }
        LOG.log(System.Logger.Level.WARNING, "Payara Micro does not listen, attempt {0}", attempt);
        super.undeploy(deployed);
        listenOn(freePort());
      }
      throw new DeploymentException(
          "Payara Micro runs, but does not listen: see target/payara-it/server.log");
    }

    private static boolean isListening() {
      try (Socket socket = new Socket(address().getHost(), address().getPort())) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    /** Payara Micro says that it is ready even when a deployment failed. */
    private static void requireServlets(ProtocolMetaData metaData) throws DeploymentException {
      if (metaData.getContexts(HTTPContext.class).iterator().next().getServlets().isEmpty()) {
        throw new DeploymentException(
            "Payara Micro runs, but deployed nothing: see target/payara-it/server.log");
      }
    }

    /** The next test class uses the same demo. */
    @Override
    public void undeploy(Archive<?> undeployed) {
      if (!isDemo(undeployed)) {
        SharedPayara.undeploy(undeployed);
      }
    }

    @Override
    public void stop() throws LifecycleException {
      try {
        if (archive != null) {
          super.undeploy(archive);
        }
        super.stop();
      } catch (DeploymentException e) {
        throw new LifecycleException("Payara Micro could not be stopped", e);
      } finally {
        if (postgres != null) {
          postgres.close();
        }
      }
    }
  }
}

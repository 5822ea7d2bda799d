package io.github.palimpsest.it;

import fish.payara.arquillian.container.payara.managed.PayaraMicroContainerConfiguration;
import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import io.github.palimpsest.run.EmbeddedDatabase;
import io.github.palimpsest.run.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.jspecify.annotations.Nullable;

/** One PostgreSQL and one Payara Micro, started with the first test class and kept for all. */
public class SharedPayara implements LoadableExtension {
  static final String PASSWORD = "demo";
  static final int SNAPSHOT_EVERY = 10;

  private static @Nullable Login login;
  private static @Nullable URI address;

  /** Called by Arquillian. */
  public SharedPayara() {}

  static Login login() {
    return Objects.requireNonNull(login, "no server has been started");
  }

  static URI address() {
    return Objects.requireNonNull(address, "no server has been started");
  }

  @Override
  public void register(ExtensionBuilder builder) {
    builder.override(
        DeployableContainer.class, PayaraMicroDeployableContainer.class, Container.class);
  }

  /** Deploys once, whatever each test class asks for. */
  public static class Container extends PayaraMicroDeployableContainer {
    private @Nullable EmbeddedDatabase postgres;
    private @Nullable ProtocolMetaData running;
    private @Nullable Archive<?> archive;

    /** Called by Arquillian. */
    public Container() {}

    @Override
    public void setup(PayaraMicroContainerConfiguration configuration) {
      postgres = EmbeddedDatabase.temporary();
      login = postgres.create("bank");
      Database.application().execute(Resources.text("/it/tables.sql"));
      int port = freePort();
      address = URI.create("http://127.0.0.1:" + port);
      configuration.setRandomHttpPort(false);
      configuration.setAutoBindHttp(false);
      configuration.setCmdOptions(javaOptions(login()));
      configuration.setOutputToConsole(false);
      configuration.setExtraMicroOptions(microOptions(port));
      super.setup(configuration);
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
          "-Dpalimpsest.snapshot.interval=PT1S",
          "-Dpalimpsest.snapshot.every=" + SNAPSHOT_EVERY);
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
      if (running == null) {
        archive = deployed;
        running = super.deploy(deployed);
        requireServlets(running);
      }
      return running;
    }

    /** Payara Micro says that it is ready even when a deployment failed. */
    private static void requireServlets(ProtocolMetaData metaData) throws DeploymentException {
      if (metaData.getContexts(HTTPContext.class).iterator().next().getServlets().isEmpty()) {
        throw new DeploymentException(
            "Payara Micro runs, but deployed nothing: see target/payara-it/server.log");
      }
    }

    /** The next test class uses the same deployment. */
    @Override
    public void undeploy(Archive<?> undeployed) {}

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

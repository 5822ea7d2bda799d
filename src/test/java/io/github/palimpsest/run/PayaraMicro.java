package io.github.palimpsest.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the application at the context root, in a process of its own. */
final class PayaraMicro {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LISTEN_ON_LOOPBACK =
      "set configs.config.server-config.network-config.network-listeners"
          + ".network-listener.http-listener.address=127.0.0.1\n";
  // Payara's data grid opens a port on all interfaces even with --nocluster and --nohazelcast.
  private static final String GRID_ON_LOOPBACK =
      """
      <hazelcast xmlns="http://www.hazelcast.com/schema/config">
        <properties>
          <property name="hazelcast.phone.home.enabled">false</property>
          <property name="hazelcast.socket.bind.any">false</property>
        </properties>
        <network>
          <join>
            <auto-detection enabled="false"/>
            <multicast enabled="false"/>
          </join>
          <interfaces enabled="true">
            <interface>127.0.0.1</interface>
          </interfaces>
        </network>
      </hazelcast>
      """;

  private final Process process;
  private final Path log;

  private PayaraMicro(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the server; it writes to {@code payara.log} and to the folder {@code payara} in {@code
   * target}, and gets {@code environment} in addition to this process's own.
   */
  static PayaraMicro start(Path target, int port, Map<String, String> environment) {
    Path log = target.resolve("payara.log");
    try {
      Path folder = Files.createDirectories(target.resolve("payara"));
      Files.writeString(folder.resolve("boot.txt"), LISTEN_ON_LOOPBACK);
      Files.writeString(folder.resolve("hazelcast.xml"), GRID_ON_LOOPBACK);
      ProcessBuilder builder =
          new ProcessBuilder(command(target, folder, port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new PayaraMicro(builder.start(), log);
    } catch (IOException e) {
      throw new StartFailure("Payara Micro did not start: " + e, e);
    }
  }

  private static List<String> command(Path target, Path folder, int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Djava.io.tmpdir=" + folder,
        "-Dhazelcast.config=" + folder.resolve("hazelcast.xml"),
        "-jar",
        target.resolve("payara-micro.jar").toString(),
        "--nocluster",
        "--disablephonehome",
        "--port",
        Integer.toString(port),
        "--prebootcommandfile",
        folder.resolve("boot.txt").toString(),
        "--postbootcommandfile",
        target.resolveSibling("docker").resolve("payara-boot.txt").toString(),
        "--deploy",
        target.resolve("palimpsest.war").toString(),
        "--contextroot",
        "/");
  }

  /**
   * Waits until the application answers.
   *
   * @throws StartFailure if it does not within two minutes, or cannot any more
   */
  void awaitDeployed(Probe probe) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    String answer = "nothing";
    boolean settled = false;
    while (!settled && process.isAlive() && Instant.now().isBefore(deadline)) {
      process.waitFor(500, TimeUnit.MILLISECONDS);
      boolean ready = saysReady();
      answer = probe.answer();
      if (answer.equals(Probe.DEPLOYED)) {
        return;
      }
      settled = ready && answer.equals(Probe.NOT_DEPLOYED);
    }
    throw failure(
        process.isAlive()
            ? "The application is not deployed: " + probe + " answers " + answer + ", not 401."
            : "Payara ended with exit code " + process.exitValue() + ".");
  }

  /** Whether everything that can be deployed is; what cannot be does not keep Payara from it. */
  private boolean saysReady() {
    try {
      return new String(Files.readAllBytes(log), UTF_8).contains(" ready in ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server ends, and returns what to say about it. */
  StartFailure awaitEnd() throws InterruptedException {
    return failure("Payara ended with exit code " + process.waitFor() + ".");
  }

  private StartFailure failure(String sentence) {
    return StartFailure.withLog(sentence, log, null);
  }

  void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

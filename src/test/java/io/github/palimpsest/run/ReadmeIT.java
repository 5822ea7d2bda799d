package io.github.palimpsest.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs what the README tells to type, on a fresh demo, and compares the outputs. */
class ReadmeIT {
  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

  @Test
  void every_command_gives_the_output_beside_it() throws IOException, InterruptedException {
    assumeTrue(isInstalled("curl") && isInstalled("psql"), "curl or psql is not installed here");
    String console = console(Files.readString(Path.of("README.md")));
    assertThat(console).contains("$ post teller /bank/owners", "truncate account cascade");

    try (Demo demo = Demo.start(Map.of("DEMO_PASSWORD", "demo"))) {
      String here =
          console
              .replace("http://localhost:8080", demo.url())
              .replaceFirst("DB=\"[^\"]*\"", "DB=\"" + connection(demo.login()) + "\"");

      assertThat(normalised(run(here))).isEqualTo(normalised(here));
    }
  }

  private static String console(String readme) {
    StringBuilder all = new StringBuilder();
    Matcher blocks = CONSOLE.matcher(readme);
    while (blocks.find()) {
      all.append(blocks.group(1));
    }
    return all.toString();
  }

  private static String connection(Login login) {
    return login
        .url()
        .replace(
            "jdbc:postgresql://", "postgresql://" + login.user() + ":" + login.password() + "@");
  }

  /** Returns each command followed by what it printed, as in the README. */
  private static String run(String console) throws IOException, InterruptedException {
    List<String> script = new ArrayList<>();
    for (String line : console.lines().filter(line -> line.startsWith("$ ")).toList()) {
      String command = line.substring(2);
      script.add("printf '%s\\n' " + quoted(line));
      script.add(command);
    }
    Path file = Files.createTempFile("readme", ".sh");
    try {
      Files.writeString(file, String.join("\n", script));
      return output("bash", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String normalised(String console) {
    return INSTANT.matcher(console).replaceAll("INSTANT").replace("\n\n", "\n");
  }

  private static boolean isInstalled(String program) throws IOException, InterruptedException {
    return !output("bash", "-c", "command -v " + program + " || true").isBlank();
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One transaction of 200,000 changes in a heap of 256 MiB, which is a JVM of its own. */
class SmallHeapDatabaseTest {
  private static final int MANY = 200_000;

  @ParameterizedTest
  @EnumSource
  void a_transaction_of_200_000_changes_fits_into_256_mebibytes(
      JpaProvider provider, @TempDir Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeapDatabaseTest.class.getName(),
                provider.name())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    assertThat(Files.readAllLines(output)).endsWith("events: " + MANY + ", stamps: 1");
  }

  /** Runs it on the provider that {@code arguments} name. */
  public static void main(String[] arguments) {
    JpaProvider provider = JpaProvider.valueOf(arguments[0]);
    try (TestUnit unit = TestUnit.open(provider, "kinds", Artist.TABLE)) {
      unit.commit(
          em -> {
            for (int i = 1; i <= MANY; i++) {
              em.persist(new Ticket("%06d".formatted(i)));
              if (i % 1000 == 0) {
                em.flush();
                em.clear();
              }
            }
          });
      System.out.println(
          unit.database()
              .rows(
                  """
                  select 'events: ' || count(*) || ', stamps: ' || count(distinct time_created)
                  from palimpsest.event
                  """)
              .get(0));
    }
    System.exit(0);
  }
}

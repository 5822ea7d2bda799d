package io.github.palimpsest.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What an application adds to its WEB-INF/lib. */
class LibraryJarIT {
  private final List<String> entries = entries("palimpsest-library.jar");

  @Test
  void it_holds_the_library_its_change_log_and_its_one_line() {
    assertThat(entries)
        .contains(
            "META-INF/palimpsest-orm.xml",
            "META-INF/beans.xml",
            "liquibase/palimpsest.xml",
            "liquibase/palimpsest/0002-event.sql",
            "io/github/palimpsest/History.class",
            "io/github/palimpsest/capture/eclipselink/AuditListener.class",
            "io/github/palimpsest/rest/AuditApplication.class");
  }

  @Test
  void nothing_of_the_bank_is_in_it() {
    assertThat(entries)
        .noneMatch(name -> name.contains("bank"))
        .doesNotContain("META-INF/persistence.xml", "META-INF/microprofile-config.properties");
    assertThat(text("META-INF/services/jakarta.enterprise.inject.spi.Extension"))
        .isEqualTo("io.github.palimpsest.container.Adoption");
  }

  @Test
  void the_war_holds_both() {
    assertThat(entries("palimpsest.war"))
        .contains(
            "WEB-INF/classes/io/github/palimpsest/History.class",
            "WEB-INF/classes/io/github/palimpsest/bank/Bank.class")
        .filteredOn(name -> name.endsWith(".jar"))
        .noneMatch(name -> name.contains("hibernate") || name.contains("eclipse"));
  }

  private static List<String> entries(String name) {
    try (ZipFile zip = new ZipFile(Path.of("target", name).toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String entry) {
    try (ZipFile zip = new ZipFile(Path.of("target", "palimpsest-library.jar").toFile())) {
      return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

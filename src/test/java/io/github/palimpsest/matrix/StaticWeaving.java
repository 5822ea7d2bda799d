package io.github.palimpsest.matrix;

import io.github.palimpsest.testing.JpaProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.tools.weaving.jpa.StaticWeaveClassTransformer;
import org.jspecify.annotations.Nullable;

/** EclipseLink's static weaving, as its command line and Maven plug-ins do it. */
final class StaticWeaving {
  private StaticWeaving() {}

  static ClassLoader loader() {
    ChangedClasses source = new ChangedClasses(Groups.PACKAGE, (name, original) -> null);
    try {
      Path folder = Files.createTempDirectory("weaving");
      Files.createDirectories(folder.resolve("META-INF"));
      Files.writeString(folder.resolve("META-INF/persistence.xml"), persistenceXml());
      StaticWeaveClassTransformer transformer =
          new StaticWeaveClassTransformer(
              folder.toUri().toURL(), null, source, null, SessionLog.SEVERE);
      return new ChangedClasses(
          Groups.PACKAGE, (name, original) -> woven(transformer, source, name, original));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte @Nullable [] woven(
      StaticWeaveClassTransformer transformer, ClassLoader source, String name, byte[] original) {
    try {
      return transformer.transform(name.replace('.', '/'), source.loadClass(name), original);
    } catch (ClassNotFoundException | jakarta.persistence.spi.TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String persistenceXml() {
    return """
        <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        %s</persistence>
        """
        .formatted(
            Groups.all(StaticWeaving.class.getClassLoader()).stream()
                .filter(group -> !group.limits().containsKey(JpaProvider.ECLIPSELINK))
                .map(StaticWeaving::unit)
                .collect(Collectors.joining()));
  }

  private static String unit(Kinds group) {
    return """
          <persistence-unit name="%s" transaction-type="RESOURCE_LOCAL">
            <provider>org.eclipse.persistence.jpa.PersistenceProvider</provider>
        %s    <exclude-unlisted-classes>true</exclude-unlisted-classes>
          </persistence-unit>
        """
        .formatted(
            group.getClass().getSimpleName(),
            group.classes().stream()
                .map("    <class>%s</class>\n"::formatted)
                .collect(Collectors.joining()));
  }
}

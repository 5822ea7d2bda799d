package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.run.Login;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.antlr.v4.runtime.Parser;
import org.hibernate.annotations.common.reflection.ReflectionManager;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jboss.jandex.Index;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application that adds the library as the README says, and nothing else of ours. */
final class Adopter {
  private static final String ECLIPSELINK = "org.eclipse.persistence.jpa.PersistenceProvider";
  private static final String HIBERNATE = HibernatePersistenceProvider.class.getName();

  private final WebArchive war;
  private final List<String> dataSources = new ArrayList<>();
  private final List<String> units = new ArrayList<>();

  private Adopter(WebArchive war) {
    this.war = war;
  }

  /** Returns a war at the context root {@code name}, with the classes of a package. */
  static Adopter of(String name, String ofPackage) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, name + ".war")
            .addPackages(false, ofPackage)
            .addAsLibrary(new File("target/palimpsest-library.jar"));
    return new Adopter(war);
  }

  /** Adds the driver, and Liquibase with what it needs. */
  Adopter withLiquibase() {
    libraries(".*");
    return this;
  }

  /** Adds the driver. */
  Adopter withoutLiquibase() {
    libraries(".*/postgresql-[^/]*");
    return this;
  }

  /** Adds Hibernate with what it needs and the server has not. */
  Adopter withHibernate() {
    Stream.of(
            HibernatePersistenceProvider.class,
            ReflectionManager.class,
            ByteBuddy.class,
            Index.class,
            Parser.class)
        .map(each -> new File(each.getProtectionDomain().getCodeSource().getLocation().getPath()))
        .forEach(war::addAsLibrary);
    return this;
  }

  private void libraries(String pattern) {
    ShrinkWrap.createFromZipFile(GenericArchive.class, new File(System.getProperty("war")))
        .getContent(Filters.include("/WEB-INF/lib/.*\\.jar"))
        .forEach(
            (path, node) -> {
              if (path.get().matches(pattern + "\\.jar")) {
                war.add(node.getAsset(), path);
              }
            });
  }

  /** Adds a data source. */
  Adopter dataSource(String name, String className, Login login) {
    dataSources.add(
        """
        <data-source>
          <name>java:app/jdbc/%s</name>
          <class-name>%s</class-name>
          <url>%s</url>
          <user>%s</user>
          <password>%s</password>
          <max-pool-size>20</max-pool-size>
        </data-source>
        """
            .formatted(name, className, login.url(), login.user(), login.password()));
    return this;
  }

  /** Adds a data source without distributed transactions. */
  Adopter dataSource(String name, Login login) {
    return dataSource(name, "org.postgresql.ds.PGSimpleDataSource", login);
  }

  /** Adds a persistence unit, whose tables EclipseLink makes. */
  Adopter unit(String name, String dataSource, String lines, String... properties) {
    return unit(ECLIPSELINK, name, dataSource, lines, properties);
  }

  /** Adds a persistence unit on Hibernate, with what Hibernate needs on Payara. */
  Adopter hibernateUnit(String name, String dataSource, String lines, String... properties) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "hibernate.transaction.jta.platform",
                "org.hibernate.engine.transaction.jta.platform.internal.SunOneJtaPlatform",
                "hibernate.enhancer.enableDirtyTracking",
                "false",
                "hibernate.enhancer.enableLazyInitialization",
                "false"));
    all.addAll(List.of(properties));
    return unit(HIBERNATE, name, dataSource, lines, all.toArray(String[]::new));
  }

  private Adopter unit(
      String provider, String name, String dataSource, String lines, String... properties) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < properties.length; i += 2) {
      all.append(
          "<property name=\"%s\" value=\"%s\"/>".formatted(properties[i], properties[i + 1]));
    }
    units.add(
        """
        <persistence-unit name="%s" transaction-type="JTA">
          <provider>%s</provider>
          <jta-data-source>java:app/jdbc/%s</jta-data-source>
          %s
          <properties>
            <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
            %s
          </properties>
        </persistence-unit>
        """
            .formatted(name, provider, dataSource, lines, all));
    return this;
  }

  /** Adds a MicroProfile Config property. */
  Adopter configured(String properties) {
    war.addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
    return this;
  }

  /** Adds a file to the class path. */
  Adopter file(String path, String content) {
    war.addAsResource(new StringAsset(content), path);
    return this;
  }

  WebArchive war() {
    war.setWebXML(
        new StringAsset(
            """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">%s</web-app>
            """
                .formatted(String.join("", dataSources))));
    war.add(
        new StringAsset(
            """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">%s</persistence>
            """
                .formatted(String.join("", units))),
        ArchivePaths.create("WEB-INF/classes/META-INF/persistence.xml"));
    return war;
  }

  /** Asserts that the application's own classes name none of the library's. */
  static void requireNoNameOfOurs(WebArchive war) {
    war.getContent(Filters.include("/WEB-INF/classes/.*/[A-Z][^/]*\\.class"))
        .forEach(
            (path, node) -> {
              try (InputStream code = node.getAsset().openStream()) {
                assertThat(new String(code.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .as(path.get())
                    .contains("jakarta")
                    .doesNotContain("palimpsest");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}

package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.run.Login;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application with default listeners of its own, which writes while it starts. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ClubIT {
  private static final String OWN_DEFAULTS =
      """
      <entity-mappings xmlns="https://jakarta.ee/xml/ns/persistence/orm" version="3.1">
        <persistence-unit-metadata>
          <persistence-unit-defaults>
            <entity-listeners>
              <entity-listener class="com.example.club.ClubListener"/>
            </entity-listeners>
          </persistence-unit-defaults>
        </persistence-unit-metadata>
      </entity-mappings>
      """;

  @Deployment(testable = false)
  static WebArchive club() {
    Login login = SharedPayara.ownDatabase("club");
    return Adopter.of("club", "com.example.club")
        .withLiquibase()
        .dataSource("club", login)
        .unit("club", "club", "<mapping-file>META-INF/palimpsest-orm.xml</mapping-file>")
        .file("META-INF/orm.xml", OWN_DEFAULTS)
        .configured("palimpsest.entities=all")
        .war();
  }

  @Test
  void what_it_writes_while_it_starts_is_recorded_whatever_listeners_it_has_or_excludes() {
    Database database = new Database(SharedPayara.ownDatabase("club"), false);

    List<String> events =
        database.rows(
            "select operation || ' ' || object_id || ' ' || body::text"
                + " from palimpsest.event order by object_id",
            row -> row.getString(1));

    assertThat(events)
        .containsExactly(
            "persist doorman {\"name\": \"doorman\"}",
            "persist first {\"name\": \"first\", \"greeted\": true}",
            "persist founder {\"name\": \"founder\"}");
  }
}

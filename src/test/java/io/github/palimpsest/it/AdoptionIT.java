package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.run.Login;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What a deployment says when the library cannot do its part, and when it has nothing to do. */
class AdoptionIT extends ServerIT {
  private static final String LIST = "palimpsest.entities";

  @Test
  void a_role_that_may_not_make_the_schema_is_told_what_to_do() {
    Login login = SharedPayara.database("maynot");

    assertThat(deploy(shop("maynot", login).withLiquibase().configured(LIST + "=all")))
        .contains(
            "The schema palimpsest in the database maynot of the persistence unit shop lacks",
            "is not allowed to this role",
            "grant create on database maynot to maynot_app",
            "palimpsest.migrate.url",
            "liquibase/palimpsest.xml",
            "writer=maynot_app");
  }

  @Test
  void a_missing_schema_is_not_made_where_that_is_off() {
    Login login = SharedPayara.ownDatabase("off");

    assertThat(
            deploy(
                shop("off", login)
                    .withLiquibase()
                    .configured(LIST + "=all\npalimpsest.migrate=false")))
        .contains("from 0001-content-type on, and making them at start-up is off");
    assertThat(
            new Database(login, false)
                .number("select count(*) from pg_namespace where nspname = 'palimpsest'"))
        .isZero();
  }

  @Test
  void without_liquibase_a_missing_schema_cannot_be_made() {
    Login login = SharedPayara.ownDatabase("without");

    assertThat(deploy(shop("without", login).withoutLiquibase().configured(LIST + "=all")))
        .contains("needs liquibase-core in WEB-INF/lib");
  }

  @Test
  void a_schema_that_another_login_made_needs_neither_liquibase_nor_privileges()
      throws SQLException {
    Login login = SharedPayara.database("made");
    try (Connection owner = new Database(login, true).connect()) {
      SchemaMigration.migrate(owner, login.user());
    }
    WebArchive war = shop("made", login).withoutLiquibase().configured(LIST + "=all").war();

    assertThat(SharedPayara.deploy(war)).isEmpty();
    http.as("clerk").post("/made/shop/products", "{\"name\":\"pen\"}").expect(200);
    assertThat(http.as("audit-reader").get("/made/audit/types/Product").expect(200).items())
        .hasSize(1);
    SharedPayara.undeploy(war);
  }

  @Test
  void a_name_that_no_entity_has_stops_the_deployment() {
    Login login = SharedPayara.ownDatabase("unknown");

    assertThat(deploy(shop("unknown", login).withLiquibase().configured(LIST + "=Product,Prodct")))
        .contains(
            "palimpsest.entities or palimpsest.entities.exclude names Prodct, but the entities are"
                + " Product");
  }

  /** Hibernate makes the unit and does not tell the server why it cannot; the log has it. */
  @Test
  void a_name_that_no_entity_of_a_unit_on_hibernate_has_stops_the_deployment() {
    Login login = SharedPayara.ownDatabase("unknownhibernate");

    assertThat(
            deploy(
                Adopter.of("unknownhibernate", "com.example.shop")
                    .withLiquibase()
                    .withHibernate()
                    .dataSource("shop", login)
                    .hibernateUnit("shop", "shop", "", LIST, "Produkt")))
        .contains("[PersistenceUnit: shop] Unable to build Hibernate SessionFactory");
    assertThat(Path.of("target", "payara-it", "server.log"))
        .content()
        .contains("exclude names Produkt, but the entities are Product\n");
  }

  @Test
  void two_units_that_claim_one_content_type_stop_the_deployment() {
    Login login = SharedPayara.ownDatabase("twice");
    Adopter war =
        Adopter.of("twice", "com.example.depot")
            .withLiquibase()
            .dataSource("one", login)
            .dataSource("other", SharedPayara.ownDatabase("twiceother"))
            .unit("stock", "one", "")
            .unit("ledger", "other", "")
            .configured(LIST + "=Shelf");

    assertThat(deploy(war))
        .contains("the persistence units ledger and stock both have the content type Shelf");
  }

  private static Adopter shop(String name, Login login) {
    return Adopter.of(name, "com.example.shop").dataSource("shop", login).unit("shop", "shop", "");
  }

  /** Deploys what is not to be deployed. */
  private static String deploy(Adopter adopter) {
    return SharedPayara.deploy(adopter.war());
  }
}

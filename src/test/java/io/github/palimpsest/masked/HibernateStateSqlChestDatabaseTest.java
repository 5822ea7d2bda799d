package io.github.palimpsest.masked;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQL reads the fingerprints that capture records of what only Hibernate keeps. */
class HibernateStateSqlChestDatabaseTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final TestDatabase database = TestDatabase.create();
  private TestUnit unit;

  @BeforeEach
  void open() throws SQLException {
    try (Connection owner = database.connectAsOwner()) {
      SchemaMigration.maskKey(owner, KEY);
    }
    unit =
        TestUnit.of(
            database,
            new Configuration()
                .addAnnotatedClass(Chest.class)
                .addAnnotatedClass(Chest.Lock.class)
                .addAnnotatedClass(Chest.Dial.class)
                .setProperty("palimpsest.mask.key", KEY)
                .setProperty("hibernate.hbm2ddl.auto", "update")
                .setProperty("hibernate.connection.url", database.login().url())
                .setProperty("hibernate.connection.username", database.login().user())
                .setProperty("hibernate.connection.password", database.login().password())
                .buildSessionFactory());
    unit.commit(
        em -> {
          em.persist(full());
          em.persist(Chest.make(2));
        });
  }

  @AfterEach
  void close() {
    unit.close();
  }

  private static Chest full() {
    Chest full = Chest.make(1);
    full.lock = Chest.dial("secret 1-2-3", 3, 1, 2);
    full.spares.add(Chest.dial("secret spare"));
    full.spares.add(new Chest.Lock());
    full.spares.get(1).maker = "Eve";
    full.contents = List.of("secret gold", "secret letter");
    full.drawers = new String[] {"secret pen", "secret ink"};
    return full;
  }

  @Test
  void sql_reads_what_was_recorded() {
    Rebuilder rebuilder = unit.rebuilder();

    LiveStates live =
        LiveStates.read(
            database,
            JpaProvider.HIBERNATE
                .sql(
                    unit.factory(),
                    JpaProvider.HIBERNATE.models(unit.factory()).of("Chest").orElseThrow())
                .asRows());

    assertThat(live.byObjectId()).hasSize(2);
    assertThat(live.byObjectId().get("1"))
        .asString()
        .contains("hmac-sha256:")
        .doesNotContain("secret");
    assertThat(live.differences(rebuilder.all("Chest", rebuilder.settled(null), ""))).isEmpty();
  }

  @Test
  void a_change_by_sql_is_recorded_by_its_fingerprint() {
    TestGuard.of(JpaProvider.HIBERNATE, unit, model -> true).install(GuardMode.RECORD);
    unit.commit(em -> em.find(Chest.class, 1L).contents = List.of("secret gold"));

    database.execute("update chest set contents = '{secret gold,secret letter}' where id = 1");
    database.execute("update chest set contents = '{secret gold}' where id = 1");

    assertThat(database.rows("select source, body from palimpsest.event order by id desc limit 3"))
        .satisfies(
            events -> {
              assertThat(events).allMatch(event -> event.contains("{\"contents\": \"hmac-sha256:"));
              assertThat(events.get(0)).isEqualTo(events.get(2).replace("jpa", "database"));
              assertThat(events.get(1)).isNotEqualTo(events.get(0));
            });
  }
}

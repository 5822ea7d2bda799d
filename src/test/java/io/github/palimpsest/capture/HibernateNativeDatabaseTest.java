package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hibernate without the rules of Jakarta Persistence, by its own configuration. */
class HibernateNativeDatabaseTest {
  private final TestDatabase database = TestDatabase.create();
  private TestUnit unit;

  @BeforeEach
  void open() {
    unit =
        TestUnit.of(
            database,
            new Configuration()
                .addAnnotatedClass(Ticket.class)
                .setProperty("hibernate.hbm2ddl.auto", "update")
                .setProperty("hibernate.connection.url", database.login().url())
                .setProperty("hibernate.connection.username", database.login().user())
                .setProperty("hibernate.connection.password", database.login().password())
                .buildSessionFactory());
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void a_detached_object_without_history_is_removed_after_its_baseline() {
    database.execute("insert into ticket (id, seat) values (7, 'A1')");
    Ticket detached = unit.call(em -> em.find(Ticket.class, 7L));

    unit.commit(em -> em.remove(detached));

    assertThat(database.rows("select operation, source, body from palimpsest.event order by id"))
        .containsExactly("baseline database {\"id\": 7, \"seat\": \"A1\"}", "remove jpa {}");
  }
}

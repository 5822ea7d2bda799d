package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.JpaProvider;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

class HibernateOddDatabaseTest extends OddConformance {
  HibernateOddDatabaseTest() {
    super(JpaProvider.HIBERNATE);
  }

  @Test
  void an_audited_entity_that_excludes_listeners_is_heard_all_the_same() {
    persistHidden();

    assertThat(unit.database().rows("select operation, object_id from palimpsest.event"))
        .containsExactly("persist h");
  }

  @Test
  void a_stateless_session_writes_what_is_not_audited() {
    Odd.Plain plain = new Odd.Plain();
    plain.id = "stateless";

    unit.factory().unwrap(SessionFactory.class).inStatelessTransaction(s -> s.insert(plain));

    assertThat(unit.database().rows("select id from plain where id = 'stateless'")).hasSize(1);
  }
}

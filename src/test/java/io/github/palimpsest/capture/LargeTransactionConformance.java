package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Transactions whose events do not stay in memory until the commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LargeTransactionConformance {
  private static final int MANY = 25_000;

  private final JpaProvider provider;
  private final TestUnit unit;
  private long before;

  LargeTransactionConformance(JpaProvider provider) {
    this.provider = provider;
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
  }

  @AfterAll
  void close() {
    unit.close();
  }

  @BeforeEach
  void count() {
    before = events();
  }

  @Test
  void has_all_its_events_in_their_order_under_one_stamp() {
    persistMany();

    assertThat(events() - before).isEqualTo(MANY);
    assertThat(
            unit.database()
                .rows(
                    """
                    select count(distinct time_created), count(distinct transaction_id)
                    from (select * from palimpsest.event order by id desc limit 25000) e
                    """))
        .containsExactly("1 1");
    assertThat(
            unit.database()
                .rows(
                    """
                    select count(*) from (
                      select flush, lag(flush) over (order by id) as last
                      from (select id, (greatest((body->>'seat')::int, 1) + 999) / 1000 as flush
                      from (select * from palimpsest.event order by id desc limit 25000) e) f) s
                    where flush < last
                    """))
        .containsExactly("0");
  }

  @Test
  void that_changes_an_object_again_leaves_its_last_state() {
    long id = unit.call(em -> persistMany(em).id());

    unit.commit(
        em -> {
          Objects.requireNonNull(em.find(Ticket.class, id)).seat = "changed";
          em.flush();
          persistMany(em);
          Objects.requireNonNull(em.find(Ticket.class, id)).seat = "changed again";
        });

    assertThat(
            unit.database()
                .rows(
                    "select operation, body->>'seat' from palimpsest.event where object_id = '%d'"
                            .formatted(id)
                        + " order by palimpsest.event.id desc limit 1"))
        .containsExactly("update changed again");
  }

  @Test
  void that_rolls_back_leaves_nothing() {
    assertThatThrownBy(
            () ->
                unit.commit(
                    em -> {
                      persistMany(em);
                      throw new IllegalStateException("at the end");
                    }))
        .hasMessage("at the end");

    assertThat(events()).isEqualTo(before);
    assertThat(unit.database().rows("select to_regclass('pg_temp.palimpsest_spill')"))
        .containsExactly("null");
  }

  @Test
  void that_removes_what_it_has_persisted_records_no_state_from_before() {
    long id =
        unit.call(
            em -> {
              Ticket first = persistMany(em);
              em.clear();
              em.remove(em.find(Ticket.class, first.id()));
              return first.id();
            });

    assertThat(
            unit.database()
                .rows(
                    "select operation from palimpsest.event where object_id = '%d' order by id"
                        .formatted(id)))
        .containsExactly("persist", "remove");
  }

  @Test
  void forgets_which_removals_it_has_asked_for_once_they_are_put_aside() {
    EntityModel model = provider.models(unit.factory()).of("Painting").orElseThrow();
    TransactionChanges changes = new TransactionChanges(1, 1);
    StreamId gone = new StreamId("Painting", "gone");
    StreamId going = new StreamId("Painting", "going");
    assertThat(changes.isToBeAskedFor(gone)).isTrue();
    assertThat(changes.isToBeAskedFor(going)).isTrue();
    changes.removed(model, new Painting("gone"));
    changes.removing(model, new Painting("going"), "{}");

    assertThat(changes.takeOut()).hasSize(1);

    assertThat(changes.isToBeAskedFor(gone)).isTrue();
    assertThat(changes.isToBeAskedFor(going)).isFalse();
  }

  private void persistMany() {
    unit.commit(LargeTransactionConformance::persistMany);
  }

  private static Ticket persistMany(EntityManager em) {
    Ticket first = new Ticket("000000");
    em.persist(first);
    for (int i = 1; i < MANY; i++) {
      em.persist(new Ticket("%06d".formatted(i)));
      if (i % 1000 == 0) {
        em.flush();
        em.clear();
      }
    }
    em.flush();
    return first;
  }

  private long events() {
    return Long.parseLong(unit.database().rows("select count(*) from palimpsest.event").get(0));
  }
}

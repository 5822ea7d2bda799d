package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions in which a provider does more, less or later than its entities show. */
abstract class TrapConformance {
  private final JpaProvider provider;
  private TestUnit unit;

  TrapConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "odd", provider.batching(), Odd.TABLES);
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void batched_statements_leave_one_event_for_each_object() {
    unit.commit(
        em -> {
          for (int i = 0; i < 25; i++) {
            em.persist(new Odd.Diary("d" + i));
          }
        });

    unit.commit(
        em -> {
          for (int i = 0; i < 25; i++) {
            diary(em, "d" + i).text = "t" + i;
          }
        });

    assertThat(
            unit.database()
                .rows("select operation, count(*) from palimpsest.event group by 1 order by 1"))
        .containsExactly("persist 25", "update 25");
    assertEventsAreRows();
  }

  @Test
  void a_batch_that_fails_leaves_no_event() {
    persist("a");

    assertThatThrownBy(
            () ->
                unit.commit(
                    em -> {
                      diary(em, "a").text = "x";
                      for (String id : List.of("b", "c")) {
                        Odd.Diary same = new Odd.Diary(id);
                        same.code = "taken";
                        em.persist(same);
                      }
                    }))
        .hasStackTraceContaining("diary_code_key");

    assertThat(events()).singleElement().asString().startsWith("persist a");
    assertEventsAreRows();
  }

  @Test
  void a_query_that_flushes_divides_no_event() {
    persist("a");

    unit.commit(
        em -> {
          Odd.Diary diary = diary(em, "a");
          diary.text = "before";
          assertThat(em.createQuery("select d.text from Diary d", String.class).getResultList())
              .containsExactly("before");
          diary.text = "after";
        });

    assertThat(events()).hasSize(2).last().asString().contains("\"text\": \"after\"");
    assertEventsAreRows();
  }

  @Test
  void a_cleared_context_forgets_no_flushed_change() {
    persist("a");

    unit.commit(
        em -> {
          diary(em, "a").text = "flushed";
          em.flush();
          em.clear();
          diary(em, "a").code = "later";
        });

    assertThat(events())
        .hasSize(2)
        .last()
        .asString()
        .contains("\"text\": \"flushed\"", "\"code\": \"later\"");
    assertEventsAreRows();
  }

  @Test
  void a_cleared_context_records_no_change_that_was_not_flushed() {
    persist("a");

    unit.commit(
        em -> {
          diary(em, "a").text = "lost";
          em.clear();
        });

    assertThat(events()).hasSize(1);
    assertEventsAreRows();
  }

  @Test
  void a_refreshed_entity_records_no_change_that_it_lost() {
    persist("a");

    unit.commit(
        em -> {
          Odd.Diary diary = diary(em, "a");
          diary.text = "lost";
          em.refresh(diary);
          diary.code = "kept";
        });

    assertThat(events()).last().asString().contains("\"code\": \"kept\"").doesNotContain("text");
    assertEventsAreRows();
  }

  @Test
  void a_merged_new_entity_is_persisted() {
    Odd.Node node = new Odd.Node();
    node.id = "m";
    node.name = "merged";

    unit.commit(em -> em.merge(node));

    assertThat(events()).last().asString().startsWith("persist m").contains("\"merged\"");
  }

  @Test
  void a_merged_stale_entity_is_refused_and_leaves_no_event() {
    Odd.Diary stale = persist("a");
    unit.commit(em -> diary(em, "a").text = "newer");
    stale.text = "older";

    assertThatThrownBy(() -> unit.commit(em -> em.merge(stale)))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(OptimisticLockException.class),
            e -> assertThat(e).hasCauseInstanceOf(OptimisticLockException.class));

    assertThat(events()).hasSize(2);
    assertEventsAreRows();
  }

  @Test
  void an_optimistic_failure_at_the_end_leaves_no_event() {
    persist("a");
    EntityManager slow = unit.factory().createEntityManager();
    slow.getTransaction().begin();
    diary(slow, "a").text = "slow";
    unit.commit(em -> diary(em, "a").text = "fast");

    assertThatThrownBy(() -> slow.getTransaction().commit())
        .hasCauseInstanceOf(OptimisticLockException.class);
    slow.close();

    assertThat(events()).hasSize(2).last().asString().contains("\"fast\"");
    assertEventsAreRows();
  }

  @Test
  void what_a_callback_changes_in_its_entity_is_recorded() {
    persist("a");

    unit.commit(em -> diary(em, "a").text = "x");

    assertThat(events())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"stamp\": \"persisted\""),
            second -> assertThat(second).contains("\"stamp\": \"updated\""));
    assertEventsAreRows();
  }

  @Test
  void what_a_callback_changes_in_another_entity_is_recorded_as_far_as_it_is_stored() {
    unit.commit(
        em -> {
          Odd.Diary other = new Odd.Diary("other");
          em.persist(other);
          Odd.Diary diary = new Odd.Diary("a");
          diary.other = other;
          em.persist(diary);
        });

    unit.commit(
        em -> {
          diary(em, "other").text = "by the application";
          diary(em, "a").text = "x";
        });

    assertEventsAreRows();
  }

  @Test
  void a_stale_shared_cache_changes_no_event() {
    persist("a");
    unit.commit(em -> diary(em, "a").text = "cached");
    unit.database().execute("update diary set code = 'by sql'");

    unit.commit(em -> diary(em, "a").text = "new");

    assertThat(events()).last().asString().contains("\"text\": \"new\"").doesNotContain("code");
    assertThat(unit.database().rows("select text, code from diary")).containsExactly("new by sql");
  }

  @Test
  void an_object_removed_and_persisted_again_is_one_event_with_its_new_state() {
    persist("a");

    unit.commit(
        em -> {
          em.remove(diary(em, "a"));
          em.flush();
          Odd.Diary again = new Odd.Diary("a");
          again.text = "again";
          em.persist(again);
        });

    assertThat(events()).hasSize(2).last().asString().startsWith("persist a").contains("\"again\"");
    assertEventsAreRows();
  }

  private Odd.Diary persist(String id) {
    Odd.Diary diary = new Odd.Diary(id);
    unit.commit(em -> em.persist(diary));
    return diary;
  }

  private static Odd.Diary diary(EntityManager em, String id) {
    return em.find(Odd.Diary.class, id);
  }

  private List<String> events() {
    return unit.database()
        .rows("select operation, object_id, body from palimpsest.event order by id");
  }

  /** The events of each diary, folded, are its row; those without events have no row. */
  private void assertEventsAreRows() {
    List<String> folded =
        unit.database()
            .rows(
                """
                select distinct on (object_id, key) object_id || '.' || key || '=' || coalesce(value, '')
                from palimpsest.event, jsonb_each_text(body)
                where key in ('text', 'code', 'stamp', 'other')
                order by object_id, key, palimpsest.event.id desc""");

    assertThat(folded)
        .containsExactlyInAnyOrderElementsOf(
            unit.database()
                .rows(
                    """
                    select id || '.' || key || '=' || coalesce(value, '')
                    from diary, jsonb_each_text(jsonb_build_object('text', text, 'code', code,
                      'stamp', stamp, 'other', other_id))"""));
  }
}

package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that are left out of the history on purpose, the same on every JPA provider. */
abstract class PauseConformance {
  private final JpaProvider provider;
  private TestUnit unit;

  PauseConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    unit.commit(
        em -> {
          em.persist(painting("changed"));
          em.persist(painting("removed"));
        });
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void a_transaction_records_who_why_and_how_much_in_place_of_its_changes() throws Exception {
    pause("ada", "bulk load", PauseConformance::change);

    assertThat(later())
        .containsExactly(
            "palimpsest.control capture domain paused_capture application ada bulk load 1"
                + " {\"left_out\": {\"ticket\": {\"persist\": 2},"
                + " \"Painting\": {\"remove\": 1, \"update\": 1}}}");
    assertThat(unit.database().rows("select number from painting")).containsExactly("7");
  }

  @Test
  void each_transaction_records_its_own() throws Exception {
    AuditContext.withoutCapture(
        "bulk load",
        () -> {
          unit.commit(em -> em.persist(new Ticket("A")));
          unit.commit(em -> em.persist(new Ticket("B")));
          return true;
        });

    assertThat(later())
        .hasSize(2)
        .allMatch(event -> event.contains("\"ticket\": {\"persist\": 1}"));
  }

  @Test
  void a_transaction_that_changes_nothing_records_nothing() throws Exception {
    pause("ada", "bulk load", em -> em.find(Painting.class, "changed"));

    assertThat(later()).isEmpty();
  }

  @Test
  void domain_events_are_written_all_the_same() throws Exception {
    pause(
        "ada",
        "bulk load",
        em -> {
          change(em);
          provider.record(
              em,
              changes ->
                  changes.appended(
                      provider.models(unit.factory()).of("Painting").orElseThrow(),
                      new StreamId("Painting", "changed"),
                      "shown",
                      Map.of("where", "Rome")));
        });

    assertThat(later())
        .hasSize(2)
        .first()
        .isEqualTo(
            "Painting changed domain shown application ada bulk load 1 {\"where\": \"Rome\"}");
  }

  @Test
  void is_found_in_the_same_transaction_by_the_documented_query() throws Exception {
    pause("ada", "bulk load", PauseConformance::change);

    assertThat(
            unit.database()
                .rows(
                    """
                    select count(*) from palimpsest.event e
                    where e.content_type_id =
                        (select id from palimpsest.content_type where name = 'palimpsest.control')
                      and e.object_id = 'capture' and e.type = 'paused_capture'
                      and e.transaction_id = (select xmin::text::bigint from painting)
                    """))
        .containsExactly("1");
  }

  @Test
  void ends_with_the_scope_also_when_the_work_fails() throws Exception {
    try {
      AuditContext.withoutCapture(
          "bulk load",
          () -> {
            throw new IllegalStateException("failed");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("failed");
    }
    unit.commit(em -> em.persist(new Ticket("A")));

    assertThat(later()).hasSize(1).first().asString().startsWith("ticket");
  }

  @Test
  void scopes_within_it_stay_paused_and_the_innermost_pause_tells_why() throws Exception {
    AuditContext.withoutCapture(
        "outer",
        () ->
            AuditContext.call(
                "job",
                "tidying",
                () -> {
                  unit.commit(em -> em.persist(new Ticket("A")));
                  return AuditContext.withoutCapture(
                      "inner", commit(em -> em.persist(new Ticket("B"))));
                }));

    assertThat(later())
        .extracting(event -> event.substring(0, event.indexOf(" 1 {")))
        .containsExactly(
            "palimpsest.control capture domain paused_capture application job outer",
            "palimpsest.control capture domain paused_capture application job inner");
  }

  @Test
  void needs_a_reason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditContext.withoutCapture(" ", () -> true));
  }

  @Test
  void is_listed_like_any_other_history() throws Exception {
    pause("ada", "bulk load", PauseConformance::change);
    Rebuilder rebuilder = unit.rebuilder();

    assertThat(rebuilder.types()).anyMatch(type -> type.name().equals("palimpsest.control"));
    assertThat(rebuilder.all("palimpsest.control", rebuilder.settled(null), "")).isEmpty();
    assertThat(
            rebuilder.events(new StreamId("palimpsest.control", "capture"), 0, 10, event -> true))
        .extracting(each -> each.event().name())
        .containsExactly("paused_capture");
  }

  @Test
  void a_transaction_of_any_size_is_left_out() throws Exception {
    pause(
        "ada",
        "bulk load",
        em -> {
          for (int i = 0; i < 12_000; i++) {
            em.persist(new Ticket("A"));
            if (i % 1000 == 0) {
              em.flush();
              em.clear();
            }
          }
        });

    assertThat(later())
        .hasSize(1)
        .first()
        .asString()
        .endsWith("{\"left_out\": {\"ticket\": {\"persist\": 12000}}}");
  }

  private static void change(EntityManager em) {
    Objects.requireNonNull(em.find(Painting.class, "changed")).number = 7;
    em.remove(em.find(Painting.class, "removed"));
    em.persist(new Ticket("A"));
    em.persist(new Ticket("B"));
  }

  private void pause(String actor, String reason, Consumer<EntityManager> work) throws Exception {
    AuditContext.call(
        actor, "another reason", () -> AuditContext.withoutCapture(reason, commit(work)));
  }

  private Callable<Boolean> commit(Consumer<EntityManager> work) {
    return () -> {
      unit.commit(work);
      return true;
    };
  }

  /** Returns the events after the first transaction. */
  private List<String> later() {
    return unit.database()
        .rows(
            """
            select c.name, e.object_id, e.operation, e.type, e.source, e.actor, e.reason,
              e.schema_version, e.body
            from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
            where e.transaction_id > (select min(transaction_id) from palimpsest.event)
            order by e.id
            """);
  }

  private static Painting painting(String id) {
    Painting painting = new Painting(id);
    painting.title = "first";
    return painting;
  }
}

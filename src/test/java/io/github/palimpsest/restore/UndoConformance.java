package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.Restored;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the undo of a transaction makes of its objects, the same on every JPA provider. */
abstract class UndoConformance {
  private static final String ROWS =
      """
      select s.name, s.age, m.name, string_agg(k.skills, ',' order by k.skills)
      from sailor s left join sailor m on m.id = s.mentor_id
        left join sailor_skills k on k.sailor_id = s.id
      group by s.id, s.name, s.age, m.name order by s.id
      """;

  private final JpaProvider provider;
  private TestUnit unit;
  private Rebuilder rebuilder;

  UndoConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = Fleet.open(provider);
    rebuilder = unit.rebuilder();
    unit.commit(
        em -> {
          Fleet.Sailor ada = new Fleet.Sailor("Ada");
          Fleet.Sailor bob = new Fleet.Sailor("Bob");
          bob.mentor = ada;
          ada.skills.add("knots");
          em.persist(ada);
          em.persist(bob);
        });
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void what_nothing_changed_again_is_as_before_and_the_undo_of_the_undo_as_after() {
    List<String> before = rows();
    long transaction =
        commit(
            em -> {
              sailor(em, 1).age = 40;
              sailor(em, 1).skills.add("maps");
              em.remove(sailor(em, 2));
              em.persist(new Fleet.Sailor("Cid"));
            });
    List<String> after = rows();

    Undone dryRun = undo(transaction, Undo.because("r").dryRun());
    assertThat(rows()).isEqualTo(after);
    Undone undone = undo(transaction, Undo.because("r"));
    assertThat(rows()).isEqualTo(before);
    assertThat(told(undone))
        .isEqualTo(told(dryRun))
        .containsExactlyInAnyOrder("REMOVE Sailor/3", "UPDATE Sailor/1", "PERSIST Sailor/2");
    assertThat(undone.conflicts()).isEmpty();

    undo(lastTransaction(), Undo.because("r"));
    assertThat(rows()).isEqualTo(after);
  }

  @Test
  void an_undo_is_a_change_with_its_reason_that_names_what_it_undid() {
    long transaction = commit(em -> sailor(em, 1).age = 40);

    undo(transaction, Undo.because("wrong birthday"));

    assertThat(
            unit.database()
                .rows(
                    """
                    select c.name, object_id, type, body->>'transaction', reason
                    from palimpsest.event e join palimpsest.content_type c on c.id = content_type_id
                    where transaction_id = %d order by type nulls first
                    """
                        .formatted(lastTransaction())))
        .containsExactly(
            "Sailor 1 null null wrong birthday",
            "palimpsest.control undo undid_transaction %d wrong birthday".formatted(transaction));
  }

  @Test
  void an_attribute_that_changed_again_is_a_conflict_unless_forced() {
    long transaction =
        commit(
            em -> {
              sailor(em, 1).age = 40;
              sailor(em, 1).name = "Grace";
            });
    commit(em -> sailor(em, 1).age = 41);

    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(rows()).contains("Ada 41 null knots");
    assertThat(undone.conflicts()).extracting(Conflict::attribute).containsExactly("age");
    assertThat(undone.conflicts().get(0).detail()).startsWith("age of Sailor/1 was changed again,");

    Undone forced = undo(transaction, Undo.because("r").force());

    assertThat(rows()).contains("Ada 0 null knots");
    assertThat(forced.conflicts()).isEmpty();
  }

  @Test
  void an_attribute_that_has_its_old_value_again_is_no_conflict() {
    long transaction = commit(em -> sailor(em, 1).age = 40);
    commit(em -> sailor(em, 1).age = 0);

    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(undone.conflicts()).isEmpty();
    assertThat(undone.restoration().objects()).isEmpty();
    assertThat(lastTransaction()).isGreaterThan(transaction);
    assertThat(unit.database().rows("select count(*) from palimpsest.event where type is not null"))
        .containsExactly("0");
  }

  @Test
  void what_it_created_and_changed_again_is_a_conflict_unless_forced() {
    long transaction = commit(em -> em.persist(new Fleet.Sailor("Cid")));
    commit(em -> sailor(em, 3).age = 3);

    assertThat(undo(transaction, Undo.because("r")).conflicts())
        .extracting(Conflict::objectId, Conflict::attribute)
        .containsExactly(tuple("3", "age"));
    assertThat(rows()).hasSize(3);

    assertThat(undo(transaction, Undo.because("r").force()).restoration().removed()).isEqualTo(1);
    assertThat(rows()).hasSize(2);
  }

  @Test
  void what_it_created_and_something_refers_to_stays_and_is_a_conflict() {
    long transaction =
        commit(
            em -> {
              em.persist(new Fleet.Sailor("Cid"));
              sailor(em, 1).age = 40;
            });
    commit(em -> sailor(em, 2).mentor = sailor(em, 3));

    for (Undo undo : List.of(Undo.because("r").dryRun(), Undo.because("r"))) {
      Undone undone = undo(transaction, undo);
      assertThat(undone.conflicts())
          .extracting(Conflict::detail)
          .containsExactly("Sailor/3 cannot be removed: Sailor/2 refers to it.");
      assertThat(undone.restoration().changed()).isEqualTo(1);
      assertThat(undone.restoration().removed()).isZero();
    }
    assertThat(rows()).containsExactly("Ada 0 null knots", "Bob 0 Cid null", "Cid 0 null null");
  }

  @Test
  void what_it_created_goes_when_the_undo_takes_the_reference_back() {
    List<String> before = rows();
    long transaction =
        commit(
            em -> {
              Fleet.Sailor cid = new Fleet.Sailor("Cid");
              em.persist(cid);
              sailor(em, 2).mentor = cid;
            });

    assertThat(undo(transaction, Undo.because("r")).conflicts()).isEmpty();

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void what_it_changed_and_is_gone_is_a_conflict() {
    long transaction = commit(em -> sailor(em, 2).age = 40);
    commit(em -> em.remove(sailor(em, 2)));

    Undone undone = undo(transaction, Undo.because("r").force());

    assertThat(undone.conflicts())
        .extracting(Conflict::detail)
        .containsExactly("Sailor/2 was removed later; only a whole object comes back.");
  }

  @Test
  void several_content_types_are_undone_at_once_and_domain_events_are_told() {
    List<String> before = rows();
    long transaction =
        commit(
            em -> {
              Fleet.Ship ship = new Fleet.Ship("Argo", sailor(em, 1));
              em.persist(ship);
              sailor(em, 1).ship = ship;
              em.persist(new Fleet.Voyage("home", ship));
              append(em, "took_command");
            });

    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(undone.conflicts()).isEmpty();
    assertThat(undone.restoration().removed()).isEqualTo(2);
    assertThat(undone.domainEvents()).extracting(Event::name).containsExactly("took_command");
    assertThat(undone.domainEventCount()).isEqualTo(1);
    assertThat(rows()).isEqualTo(before);
    assertThat(unit.database().rows("select count(*) from ship, voyage")).containsExactly("0");

    undo(lastTransaction(), Undo.because("r"));
    assertThat(
            unit.database()
                .rows(
                    "select c.name, s.name, goal from ship s join sailor c on c.ship_id = s.id"
                        + " and s.captain_id = c.id join voyage v on v.ship_id = s.id"))
        .containsExactly("Ada Argo home");
  }

  @Test
  void conflicts_and_domain_events_are_counted_and_the_first_of_them_listed() {
    long transaction =
        commit(
            em -> {
              sailor(em, 1).age = 40;
              sailor(em, 1).name = "Grace";
              sailor(em, 2).age = 40;
              append(em, "took_command");
              append(em, "gave_command");
            });
    commit(
        em -> {
          sailor(em, 1).age = 41;
          sailor(em, 1).name = "Mary";
          sailor(em, 2).age = 41;
        });

    Undone all = undo(transaction, Undo.because("r").dryRun());
    Undone undone = undo(transaction, Undo.because("r").listing(1));

    assertThat(all.conflictCount()).isEqualTo(3);
    assertThat(all.conflicts()).hasSize(3);
    assertThat(undone.conflictCount()).isEqualTo(3);
    assertThat(undone.conflicts()).containsExactly(all.conflicts().get(0));
    assertThat(undone.domainEventCount()).isEqualTo(2);
    assertThat(undone.domainEvents()).extracting(Event::name).containsExactly("took_command");
    assertThat(undo(transaction, Undo.because("r").listing(0)).domainEvents()).isEmpty();
  }

  private void append(EntityManager em, String name) {
    provider.record(
        em,
        changes ->
            changes.appended(
                provider.models(unit.factory()).of("Sailor").orElseThrow(),
                sailor(em, 1),
                name,
                Map.of("ship", "Argo")));
  }

  private Undone undo(long transaction, Undo undo) {
    return unit.call(em -> new Restorer(rebuilder, provider.live(em)).undo(transaction, undo));
  }

  private long commit(Consumer<EntityManager> work) {
    unit.commit(work);
    return lastTransaction();
  }

  private long lastTransaction() {
    return Long.parseLong(
        unit.database()
            .rows("select transaction_id from palimpsest.event order by id desc limit 1")
            .get(0));
  }

  private List<String> rows() {
    return unit.database().rows(ROWS);
  }

  private static List<String> told(Undone undone) {
    return undone.restoration().objects().stream().map(UndoConformance::told).toList();
  }

  private static String told(Restored restored) {
    return "%s %s/%s".formatted(restored.operation(), restored.contentType(), restored.objectId());
  }

  private static Fleet.Sailor sailor(EntityManager em, long id) {
    return Objects.requireNonNull(em.find(Fleet.Sailor.class, id));
  }
}

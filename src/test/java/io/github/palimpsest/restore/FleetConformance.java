package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.ConflictException;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore makes of objects that need each other, the same on every JPA provider. */
abstract class FleetConformance {
  private static final OptionalLong ANY = OptionalLong.empty();
  private static final String MENTORS = "select id, mentor_id from sailor order by id";
  private static final String SAILORS = "select name, age from sailor order by name";

  private final JpaProvider provider;
  private TestUnit unit;
  private Rebuilder rebuilder;

  FleetConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = Fleet.open(provider);
    rebuilder = unit.rebuilder();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void only_the_attributes_that_are_named_are_put_back() {
    long ada = persistSailor("Ada", sailor -> sailor.age = 20);
    Instant then = now();
    change(ada, sailor -> sailor.age = 30);
    change(ada, sailor -> sailor.name = "Grace");
    change(ada, sailor -> sailor.skills.add("knots"));

    Restoration restored = restoreSailor(ada, Restore.to(then, "r").attributes("age", "skills"));

    assertThat(changes(restored)).containsExactly("age 30 -> 20", "skills [\"knots\"] -> []");
    assertThat(unit.database().rows(SAILORS)).containsExactly("Grace 20");
  }

  @Test
  void one_object_is_listed_even_if_no_list_is_asked_for() {
    long ada = persistSailor("Ada", sailor -> sailor.age = 20);
    Instant then = now();
    change(ada, sailor -> sailor.age = 30);

    assertThat(changes(restoreSailor(ada, Restore.to(then, "r").listing(0).dryRun())))
        .containsExactly("age 30 -> 20");
  }

  @Test
  void attributes_of_an_object_that_is_gone_are_a_conflict() {
    long ada = persistSailor("Ada", sailor -> {});
    Instant then = now();
    unit.database().execute("delete from sailor");

    assertThatThrownBy(() -> restoreSailor(ada, Restore.to(then, "r").attributes("age")))
        .isInstanceOf(ConflictException.class)
        .hasMessage("Sailor/1 does not exist, and only a whole object comes back.");
  }

  @Test
  void an_attribute_that_the_class_does_not_have_is_refused() {
    long ada = persistSailor("Ada", sailor -> {});

    assertThatThrownBy(() -> restoreSailor(ada, Restore.to(now(), "r").attributes("rank")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sailor has no attribute rank");
  }

  @Test
  void only_the_objects_that_are_named_or_that_pass_the_filter_are_restored() {
    long ada = persistSailor("Ada", sailor -> sailor.age = 1);
    persistSailor("Bob", sailor -> sailor.age = 2);
    persistSailor("Cid", sailor -> sailor.age = 3);
    Instant then = now();
    unit.commit(em -> em.createQuery("update Sailor s set s.age = 9").executeUpdate());

    restoreAll("Sailor", Restore.to(then, "r").objects(List.of("" + ada)), StateFilter.all());
    assertThat(unit.database().rows(SAILORS)).containsExactly("Ada 1", "Bob 9", "Cid 9");

    restoreAll(
        "Sailor",
        Restore.to(then, "r"),
        states ->
            states.stream()
                .filter(state -> String.valueOf(state.attributes().get("age")).equals("3"))
                .toList());
    assertThat(unit.database().rows(SAILORS)).containsExactly("Ada 1", "Bob 9", "Cid 3");
  }

  @Test
  void a_filter_is_asked_of_many_states_at_once() {
    persistSailor("Ada", sailor -> sailor.age = 1);
    persistSailor("Bob", sailor -> sailor.age = 2);
    persistSailor("Cid", sailor -> sailor.age = 3);
    Instant then = now();
    List<Integer> asked = new ArrayList<>();
    StateFilter counting =
        states -> {
          asked.add(states.size());
          return states;
        };

    restoreAll("Sailor", Restore.to(then, "r"), counting);

    assertThat(asked).containsExactly(3);
  }

  @Test
  void what_came_later_stays_unless_the_type_shall_be_exactly_as_it_was() {
    persistSailor("Ada", sailor -> {});
    Instant then = now();
    long bob = persistSailor("Bob", sailor -> {});
    persistSailor("Cid", sailor -> sailor.mentor = new Fleet.Sailor());
    unit.commit(em -> sailor(em, bob).mentor = sailor(em, bob));

    assertThat(restoreAll("Sailor", Restore.to(then, "r"), StateFilter.all()).objects()).isEmpty();
    Restoration exact = restoreAll("Sailor", Restore.to(then, "r").exactly(), StateFilter.all());

    assertThat(exact.removed()).isEqualTo(2);
    assertThat(unit.database().rows(SAILORS)).containsExactly("Ada 0");
    assertThat(unit.database().rows("select operation from palimpsest.event order by id"))
        .endsWith("remove", "remove");
  }

  @Test
  void what_has_to_go_and_is_referred_to_is_a_conflict_and_nothing_changes() {
    persistSailor("Ada", sailor -> {});
    Instant then = now();
    long ship = persistShip("Argo", "Bob");

    assertThatThrownBy(
            () -> restoreAll("Sailor", Restore.to(then, "r").exactly(), StateFilter.all()))
        .isInstanceOf(ConflictException.class)
        .hasMessage("Sailor/2 cannot be removed: Ship/%d refers to it.", ship);
    assertThat(unit.database().rows("select count(*) from sailor")).containsExactly("2");
  }

  @Test
  void those_that_have_to_go_and_refer_to_each_other_in_a_circle_go() {
    persistSailor("Ada", sailor -> {});
    Instant then = now();
    long bob = persistSailor("Bob", sailor -> {});
    long cid = persistSailor("Cid", sailor -> {});
    long dan = persistSailor("Dan", sailor -> {});
    unit.commit(
        em -> {
          sailor(em, bob).mentor = sailor(em, cid);
          sailor(em, cid).mentor = sailor(em, bob);
          sailor(em, dan).mentor = sailor(em, cid);
        });

    Restoration dryRun =
        restoreAll("Sailor", Restore.to(then, "r").exactly().dryRun(), StateFilter.all());
    Restoration exact = restoreAll("Sailor", Restore.to(then, "r").exactly(), StateFilter.all());

    assertThat(unit.database().rows(SAILORS)).containsExactly("Ada 0");
    assertThat(told(exact)).isEqualTo(told(dryRun)).hasSize(3);
  }

  @Test
  void a_unique_value_that_a_later_object_took_is_free_when_it_has_to_go() {
    long argo = persistShip("Argo", "Ada");
    Instant then = now();
    unit.commit(em -> em.remove(em.find(Fleet.Ship.class, argo)));
    persistShip("Argo", "Bob");

    Restoration exact = restoreAll("Ship", Restore.to(then, "r").exactly(), StateFilter.all());

    assertThat(exact.created()).isEqualTo(1);
    assertThat(exact.removed()).isEqualTo(1);
    assertThat(unit.database().rows("select id, name, captain_id from ship"))
        .containsExactly(argo + " Argo 1");
  }

  @Test
  void without_related_ones_missing_references_are_named() {
    long argo = persistShip("Argo", "Ada");
    Instant then = now();
    empty();

    assertThatThrownBy(() -> restore("Ship", argo, Restore.to(then, "r")))
        .isInstanceOfSatisfying(
            MissingReferenceException.class,
            e -> assertThat(e.missing()).containsExactly("Sailor/1"))
        .hasMessage("Ship/%d refers to Sailor 1, which does not exist.", argo);
  }

  @Test
  void related_ones_come_back_as_of_the_same_instant_and_what_is_there_stays() {
    long argo = persistShip("Argo", "Ada");
    long voyage =
        unit.call(
                em -> {
                  Fleet.Voyage made = persist(em, new Fleet.Voyage("home", ship(em, argo)));
                  made.crew.add(persist(em, new Fleet.Sailor("Bob")));
                  made.crew.add(sailor(em, 1));
                  return made;
                })
            .id();
    Instant then = now();
    change(1, sailor -> sailor.name = "Grace");
    unit.commit(em -> em.remove(em.find(Fleet.Voyage.class, voyage)));
    unit.commit(em -> em.remove(em.find(Fleet.Ship.class, argo)));
    unit.commit(em -> em.remove(sailor(em, 2)));

    Restore wanted = Restore.to(then, "r").withRelated();
    Restoration dryRun = restore("Voyage", voyage, wanted.dryRun());
    Restoration restored = restore("Voyage", voyage, wanted);

    assertThat(told(restored)).isEqualTo(told(dryRun));
    assertThat(restored.objects())
        .extracting(Restored::contentType)
        .containsExactly("Voyage", "Sailor", "Ship");
    assertThat(unit.database().rows("select name from sailor order by id"))
        .containsExactly("Grace", "Bob");
    assertThat(
            unit.database().rows("select goal, s.name from voyage v join ship s on s.id = ship_id"))
        .containsExactly("home Argo");
    assertThat(unit.database().rows("select crew_id from voyage_sailor order by 1"))
        .containsExactly("1", "2");
  }

  @Test
  void a_circle_comes_back_from_either_end() {
    long argo = persistShip("Argo", "Ada");
    unit.commit(em -> sailor(em, 1).ship = ship(em, argo));
    Instant then = now();
    Restore wanted = Restore.to(then, "r").withRelated();

    for (StreamId first : List.of(new StreamId("Ship", argo + ""), new StreamId("Sailor", "1"))) {
      empty();
      Restoration dryRun = inTransaction(each -> each.restore(first, wanted.dryRun(), ANY));
      Restoration restored = inTransaction(each -> each.restore(first, wanted, ANY));

      assertThat(told(restored)).isEqualTo(told(dryRun)).hasSize(2);
      assertThat(
              unit.database().rows("select s.name, c.name, c.ship_id = s.id from ship s, sailor c"))
          .containsExactly("Argo Ada t");
    }
  }

  @Test
  void a_long_chain_comes_back_from_its_last_link() {
    persistSailors(80, 1);
    Instant then = now();
    List<String> rows = unit.database().rows(MENTORS);
    empty();

    Restoration restored = restore("Sailor", 80, Restore.to(then, "r").withRelated());

    assertThat(restored.created()).isEqualTo(80);
    assertThat(unit.database().rows(MENTORS)).isEqualTo(rows);
  }

  @Test
  void many_come_back_in_batches_that_refer_to_each_other() {
    int many = 3 * Execution.BATCH / 2;
    persistSailors(many, Execution.BATCH / 4);
    Instant then = now();
    List<String> rows = unit.database().rows(MENTORS);
    empty();

    Restore wanted = Restore.to(then, "r").listing(many);
    Restoration dryRun = restoreAll("Sailor", wanted.dryRun(), StateFilter.all());
    Restoration all = restoreAll("Sailor", wanted, StateFilter.all());

    assertThat(told(all)).isEqualTo(told(dryRun)).hasSize(many);
    assertThat(unit.database().rows(MENTORS)).isEqualTo(rows);
  }

  /** Each has the one before it as mentor that is so far away, if there is one. */
  private void persistSailors(int number, int distance) {
    unit.commit(
        em -> {
          List<Fleet.Sailor> sailors = new ArrayList<>();
          for (int i = 0; i < number; i++) {
            Fleet.Sailor next = new Fleet.Sailor("s" + i);
            next.mentor = i < distance ? null : sailors.get(i - distance);
            em.persist(next);
            sailors.add(next);
          }
        });
  }

  @Test
  void new_ids_collide_with_none_of_those_that_came_back() {
    long argo = persistShip("Argo", "Ada");
    for (int i = 0; i < 7; i++) {
      persistShip("ship " + i, "captain " + i);
    }
    unit.commit(em -> em.persist(new Fleet.Voyage("home", ship(em, argo))));
    Instant then = now();
    empty();
    unit.database().execute("select setval('ship_seq', 5, false); update ids set value = 1");
    unit.database().execute("alter sequence voyage_id_seq restart");

    for (String type : List.of("Sailor", "Ship", "Voyage")) {
      restoreAll(type, Restore.to(then, "r").withRelated(), StateFilter.all());
    }

    for (int i = 0; i < 12; i++) {
      long ship = persistShip("new ship " + i, "new captain " + i);
      unit.commit(em -> em.persist(new Fleet.Voyage("away", ship(em, ship))));
    }
    assertThat(unit.database().rows("select count(*) from ship")).containsExactly("20");
  }

  @Test
  void callbacks_run_for_what_comes_back() {
    long argo = persistShip("Argo", "Ada");
    unit.commit(em -> em.persist(new Fleet.Voyage("home", ship(em, argo))));
    Instant then = now();
    empty();
    Fleet.CALLED_BACK.clear();

    restore("Voyage", 1, Restore.to(then, "r").withRelated());

    assertThat(Fleet.CALLED_BACK).containsExactly("Ada", "home");
  }

  private Restoration restoreSailor(long id, Restore wanted) {
    return restore("Sailor", id, wanted);
  }

  private Restoration restore(String type, long id, Restore wanted) {
    return inTransaction(
        restorer -> restorer.restore(new StreamId(type, Long.toString(id)), wanted, ANY));
  }

  private Restoration restoreAll(String type, Restore wanted, StateFilter filter) {
    return inTransaction(restorer -> restorer.restoreAll(type, wanted, filter));
  }

  private <R> R inTransaction(Function<Restorer, R> work) {
    return unit.call(em -> work.apply(new Restorer(rebuilder, provider.live(em))));
  }

  /** Without the instants and whether it was a dry run. */
  private static List<String> told(Restoration restoration) {
    return restoration.objects().stream()
        .map(
            each ->
                "%s %s/%s %s"
                    .formatted(
                        each.operation(), each.contentType(), each.objectId(), each.changes()))
        .toList();
  }

  private static List<String> changes(Restoration restoration) {
    return restoration.objects().get(0).changes().stream()
        .map(each -> "%s %s -> %s".formatted(each.attribute(), each.before(), each.after()))
        .toList();
  }

  private void empty() {
    unit.database().execute("truncate ship, sailor, voyage cascade");
  }

  private long persistSailor(String name, Consumer<Fleet.Sailor> fill) {
    return unit.call(
            em -> {
              Fleet.Sailor sailor = new Fleet.Sailor(name);
              fill.accept(sailor);
              if (sailor.mentor != null) {
                sailor.mentor = sailor;
              }
              return persist(em, sailor);
            })
        .id();
  }

  private long persistShip(String name, String captain) {
    return unit.call(
            em -> persist(em, new Fleet.Ship(name, persist(em, new Fleet.Sailor(captain)))))
        .id();
  }

  private void change(long id, Consumer<Fleet.Sailor> change) {
    unit.commit(em -> change.accept(sailor(em, id)));
  }

  private static Fleet.Sailor sailor(EntityManager em, long id) {
    return Objects.requireNonNull(em.find(Fleet.Sailor.class, id));
  }

  private static Fleet.Ship ship(EntityManager em, long id) {
    return Objects.requireNonNull(em.find(Fleet.Ship.class, id));
  }

  private static <T> T persist(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }

  private Instant now() {
    return rebuilder.settled(null);
  }
}

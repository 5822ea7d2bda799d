package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.Change;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.StateFilter;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore makes of live entities, the same on every JPA provider. */
abstract class RestoreConformance {
  private static final OptionalLong ANY = OptionalLong.empty();

  private final JpaProvider provider;
  private TestUnit unit;
  private Rebuilder rebuilder;

  RestoreConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    rebuilder = unit.rebuilder();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void a_changed_entity_gets_its_old_attributes_back_as_a_new_change() {
    persistPainting("p1", painting -> painting.owners.addAll(List.of("b", "a")));
    Instant then = now();
    State old = state("Painting", "p1");
    change(
        "p1",
        painting -> {
          painting.title = "other";
          painting.owners.clear();
          painting.titles.put("de", "Titel");
          painting.labels.add(new Label("de", "neu"));
          painting.layers.add(Painting.Technique.OIL);
        });

    Restored restored = restore("Painting", "p1", then, false);

    assertThat(restored.changes())
        .extracting(Change::attribute)
        .containsExactly("labels", "layers", "owners", "title", "titles");
    assertThat(state("Painting", "p1").attributes()).isEqualTo(old.attributes());
    assertThat(unit.database().rows("select title from painting")).containsExactly("first");
    assertThat(
            unit.database()
                .rows("select operation, reason from palimpsest.event order by id desc limit 1"))
        .containsExactly("update because");
  }

  @Test
  void a_removed_entity_comes_back_with_its_id_from_an_identity_column() {
    Artist artist = unit.call(em -> persist(em, painter()));
    Instant then = now();
    unit.commit(em -> em.remove(em.find(Artist.class, artist.id())));

    restore("Artist", artist.id(), then, false);

    assertThat(unit.database().rows("select id, name, city, latitude, version from artist"))
        .containsExactly("1 Leonardo Vinci 43.787000 " + provider.firstVersion());
    assertThat(state("Artist", "1").operation().text()).isEqualTo("persist");
    assertThat(unit.call(em -> persist(em, painter())).id()).isEqualTo(2);
  }

  @Test
  void removed_entities_come_back_into_the_tables_of_their_class_under_their_whole_id() {
    Sculpture sculpture =
        unit.call(em -> persist(em, new Sculpture("Thinker", LocalDate.of(1904, 1, 1))));
    unit.commit(em -> em.persist(new Loan("Tate", 3, em.find(Work.class, sculpture.id()))));
    Instant then = now();
    String loan = "{\"museum\":\"Tate\",\"number\":3}";
    unit.commit(
        em -> {
          em.remove(em.find(Loan.class, new Loan.Key("Tate", 3)));
          em.remove(em.find(Work.class, sculpture.id()));
        });

    restore("Sculpture", sculpture.id(), then, false);
    restore("Loan", loan, then, false);

    assertThat(
            unit.database()
                .rows(
                    "select w.id, name, made, dtype, museum, number, version"
                        + " from work w join sculpture using (id) join loan on work_id = w.id"))
        .containsExactly(
            "%d Thinker 1904-01-01 Sculpture Tate 3 %d"
                .formatted(sculpture.id(), provider.firstVersion()));
    assertThat(state("Loan", loan).attributes().get("work"))
        .hasToString("{\"id\":%d,\"type\":\"Sculpture\"}".formatted(sculpture.id()));
    assertThat(unit.call(em -> persist(em, new Work("next"))).id()).isGreaterThan(sculpture.id());
  }

  @Test
  void a_lost_table_comes_back_with_its_ids_and_new_ids_do_not_collide() {
    for (int i = 0; i < 3; i++) {
      unit.commit(em -> em.persist(painter()));
    }
    Instant then = now();
    unit.database().execute("drop table artist cascade");
    unit.database().execute(Artist.TABLE);

    List<Restored> restored = restoreAll("Artist", then);

    assertThat(restored).extracting(Restored::objectId).containsExactly("1", "2", "3");
    assertThat(unit.database().rows("select id from artist order by id"))
        .containsExactly("1", "2", "3");
    assertThat(unit.call(em -> persist(em, painter())).id()).isEqualTo(4);
  }

  @Test
  void a_lost_sequence_is_moved_past_the_restored_ids() {
    List<Ticket> tickets =
        unit.call(em -> List.of(persist(em, new Ticket("A")), persist(em, new Ticket("B"))));
    Instant then = now();
    unit.database().execute("truncate ticket cascade");
    unit.database().execute("select setval('ticket_seq', 1, false)");

    restoreAll("ticket", then);

    assertThat(unit.database().rows("select id from ticket order by id"))
        .containsExactly(tickets.get(0).id() + "", tickets.get(1).id() + "");
    assertThat(unit.database().rows("select nextval('ticket_seq') > max(id) from ticket"))
        .containsExactly("t");
  }

  @Test
  void an_emptied_table_is_not_hidden_by_the_shared_cache() {
    persistPainting("p1", painting -> painting.titles.put("fr", "Joconde"));
    Instant then = now();
    change("p1", painting -> painting.number = 2);
    unit.database().execute("truncate painting cascade");

    restore("Painting", "p1", then, false);

    assertThat(unit.database().rows("select id, number, title from painting"))
        .containsExactly("p1 0 first");
    assertThat(unit.database().rows("select count(*) from painting_titles")).containsExactly("1");
  }

  @Test
  void a_dry_run_tells_the_changes_and_makes_none() {
    persistPainting("p1", painting -> {});
    Instant then = now();
    change("p1", painting -> painting.price = new BigDecimal("3.50"));

    Restored restored = restore("Painting", "p1", then, true);

    assertThat(restored.changes())
        .extracting(change -> change.attribute() + change.before() + change.after())
        .containsExactly("price3.500000null");
    assertThat(unit.database().rows("select price from painting")).containsExactly("3.500000");
    assertThat(unit.database().rows("select count(*) from palimpsest.event")).containsExactly("2");
  }

  @Test
  void an_entity_that_is_as_it_was_stays_untouched() {
    persistPainting("p1", painting -> painting.price = new BigDecimal("1.0"));
    Instant then = now();

    Restored restored = restore("Painting", "p1", then, false);

    assertThat(restored.changes()).isEmpty();
    assertThat(unit.database().rows("select count(*) from palimpsest.event")).containsExactly("1");
  }

  @Test
  void a_reference_to_a_missing_entity_is_a_conflict_and_nothing_changes() {
    Artist artist = unit.call(em -> persist(em, painter()));
    persistPainting("p1", painting -> {});
    unit.commit(em -> em.find(Painting.class, "p1").artist = em.find(Artist.class, artist.id()));
    Instant then = now();
    change("p1", painting -> painting.artist = null);
    unit.commit(em -> em.remove(em.find(Artist.class, artist.id())));

    assertThatThrownBy(() -> restore("Painting", "p1", then, false))
        .isInstanceOf(MissingReferenceException.class)
        .hasMessage("Painting/p1 refers to Artist 1, which does not exist.");

    assertThat(state("Painting", "p1").attributes().get("artist")).hasToString("null");
  }

  @Test
  void a_position_that_has_changed_is_refused() {
    persistPainting("p1", painting -> {});
    long known = state("Painting", "p1").position();
    Instant then = now();
    change("p1", painting -> painting.number = 2);

    assertThatThrownBy(
            () ->
                inTransaction(
                    restorer ->
                        restorer.restore(
                            new StreamId("Painting", "p1"),
                            Restore.to(then, "because"),
                            OptionalLong.of(known))))
        .isInstanceOf(PositionChangedException.class);
  }

  @Test
  void a_time_before_it_existed_is_refused() {
    Instant before = now();
    persistPainting("p1", painting -> {});

    assertThatThrownBy(() -> restore("Painting", "p1", before, false))
        .isInstanceOf(StreamNotFoundException.class)
        .hasMessage("Painting/p1 did not exist by then.");
  }

  @Test
  void a_time_when_it_was_removed_is_refused() {
    persistPainting("p1", painting -> {});
    unit.commit(em -> em.remove(em.find(Painting.class, "p1")));

    assertThatThrownBy(() -> restore("Painting", "p1", now(), false))
        .isInstanceOf(StreamDeletedException.class);
  }

  private Restored restore(String type, Object id, Instant asOf, boolean dryRun) {
    Restore wanted = Restore.to(asOf, "because");
    return inTransaction(
            restorer ->
                restorer.restore(
                    new StreamId(type, id.toString()), dryRun ? wanted.dryRun() : wanted, ANY))
        .objects()
        .get(0);
  }

  private List<Restored> restoreAll(String type, Instant asOf) {
    return inTransaction(
            restorer -> restorer.restoreAll(type, Restore.to(asOf, "because"), StateFilter.all()))
        .objects();
  }

  private <R> R inTransaction(Function<Restorer, R> work) {
    return unit.call(em -> work.apply(new Restorer(rebuilder, provider.live(em))));
  }

  private void persistPainting(String id, Consumer<Painting> fill) {
    Painting painting = new Painting(id);
    painting.title = "first";
    fill.accept(painting);
    unit.commit(em -> em.persist(painting));
  }

  private void change(String id, Consumer<Painting> change) {
    unit.commit(em -> change.accept(Objects.requireNonNull(em.find(Painting.class, id))));
  }

  private static Artist painter() {
    Artist artist = new Artist("Leonardo");
    artist.birthplace = new Place("Vinci", new BigDecimal("43.787"));
    return artist;
  }

  private static <T> T persist(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }

  private Instant now() {
    return rebuilder.settled(null);
  }

  private State state(String type, String id) {
    return rebuilder.at(new StreamId(type, id), Bound.none()).orElseThrow();
  }
}

package io.github.palimpsest.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.Change;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Difference;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.snapshot.Snapshotter;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.Models;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the third version of an application makes of the events that the first two wrote. */
abstract class EvolutionConformance {
  private final JpaProvider provider;
  private final EventReader reader = new EventReader();
  private TestDatabase database;
  private TestUnit third;
  private EntityModels models;
  private Rebuilder rebuilder;
  private Instant first;
  private Instant second;

  EvolutionConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void live_through_two_versions() {
    database = TestDatabase.create();
    Stream.of(First.TABLES).forEach(database::execute);
    try (TestUnit unit = TestUnit.open(provider, "evolution1", database)) {
      writeAsFirst(unit);
    }
    first = rebuilder(Upcasters.none()).settled(null);
    Stream.of(Second.MIGRATION).forEach(database::execute);
    try (TestUnit unit = TestUnit.open(provider, "evolution2", database)) {
      writeAsSecond(unit);
    }
    second = rebuilder(Upcasters.none()).settled(null);
    Stream.of(Third.MIGRATION).forEach(database::execute);
    third = TestUnit.open(provider, "evolution3", database);
    third.commit(em -> find(em, Third.Konto.class, 10).amount = new BigDecimal("3.00"));
    models = provider.models(third.factory());
    rebuilder = rebuilder(Upcasters.fromServiceFiles(models));
  }

  @AfterEach
  void close() {
    third.close();
  }

  private static void writeAsFirst(TestUnit unit) {
    unit.commit(
        em -> {
          First.Customer ada = new First.Customer(1, "Ada", "Byron");
          First.Company mills = new First.Company(2, "Babbage", "Mills");
          em.persist(ada);
          em.persist(mills);
          em.persist(new First.Account(10, "Main EUR", mills));
          em.persist(new First.Account(11, "Spare EUR", ada));
        });
    unit.commit(
        em -> {
          find(em, First.Account.class, 10).amount = new BigDecimal("1.00");
          find(em, First.Customer.class, 1).lastName = "Lovelace";
        });
  }

  private static void writeAsSecond(TestUnit unit) {
    unit.commit(
        em -> {
          Second.Account account = find(em, Second.Account.class, 10);
          account.title = "Main USD";
          account.owner = find(em, Second.Client.class, 1);
          find(em, Second.Client.class, 1).name = "Ada King";
        });
    unit.commit(em -> em.remove(find(em, Second.Account.class, 11)));
  }

  @Test
  void reads_states_of_every_version_under_the_name_of_today() {
    assertThat(text("Konto", "10", first))
        .isEqualTo(
            "3 {\"amount\":1.00,\"currency\":\"EUR\",\"id\":10,"
                + "\"inhaber\":{\"id\":2,\"type\":\"Company\"},\"title\":\"Main\"}");
    assertThat(text("Konto", "10", second))
        .isEqualTo(
            "3 {\"amount\":1.00,\"currency\":\"USD\",\"id\":10,"
                + "\"inhaber\":{\"id\":1,\"type\":\"Client\"},\"title\":\"Main\"}");
    assertThat(text("Kunde", "1", first)).isEqualTo("2 {\"id\":1,\"name\":\"Ada Lovelace\"}");
    assertThat(text("Kunde", "1", second)).isEqualTo("2 {\"id\":1,\"name\":\"Ada King\"}");
    assertThat(text("Company", "2", second))
        .isEqualTo("2 {\"id\":2,\"name\":\"Babbage Mills\",\"vat\":null}");
  }

  @Test
  void reads_all_objects_of_a_type_as_of_an_instant() {
    assertThat(rebuilder.all("Konto", first, ""))
        .extracting(state -> state.stream() + " " + state.attributes().get("currency"))
        .containsExactly("Konto/10 \"EUR\"", "Konto/11 \"EUR\"");
    assertThat(rebuilder.all("Account", first, "")).isEmpty();
  }

  @Test
  void compares_versions_in_the_words_of_today() {
    assertThat(
            Difference.between(
                state("Konto", "10", first).attributes(),
                state("Konto", "10", second).attributes()))
        .extracting(EvolutionConformance::text)
        .containsExactly(
            "currency \"EUR\" \"USD\"",
            "inhaber {\"id\":2,\"type\":\"Company\"} {\"id\":1,\"type\":\"Client\"}");
  }

  @Test
  void lists_the_events_of_all_versions_as_one_stream() {
    List<RecordedEvent> events =
        rebuilder.events(new StreamId("Konto", "10"), 0, 10, event -> true);

    assertThat(events)
        .extracting(each -> each.event().schemaVersion() + " " + each.event().operation().text())
        .containsExactly("1 persist", "1 update", "2 update", "3 update");
    assertThat(events.get(1).changes())
        .extracting(EvolutionConformance::text)
        .containsExactly("amount null 1.00");
    assertThat(events.get(2).changes())
        .extracting(Change::attribute)
        .containsExactly("currency", "inhaber");
    assertThat(events.get(3).changes())
        .extracting(EvolutionConformance::text)
        .containsExactly("amount 1.00 3.00");
    assertThat(
            rebuilder.events(
                new StreamId("Konto", "10"), events.get(1).event().position(), 1, event -> true))
        .containsExactly(events.get(2));
  }

  @Test
  void continues_a_list_of_events_where_half_of_a_merged_attribute_changed() {
    StreamId ada = new StreamId("Kunde", "1");
    long first = rebuilder.events(ada, 0, 1, event -> true).get(0).event().position();

    assertThat(rebuilder.events(ada, first, 1, event -> true).get(0).changes())
        .extracting(EvolutionConformance::text)
        .containsExactly("name \"Ada Byron\" \"Ada Lovelace\"");
  }

  @Test
  void makes_entities_whose_references_lead_to_the_classes_of_today() {
    assertThat(konto(first).inhaber).isInstanceOf(Third.Company.class);
    assertThat(konto(second).inhaber).isInstanceOf(Third.Kunde.class);
    assertThat(konto(first).currency).isEqualTo("EUR");
    Third.Konto spare = (Third.Konto) instance("Konto", "11", first);
    assertThat(spare.inhaber).isInstanceOf(Third.Kunde.class).extracting("id").isEqualTo(1L);
  }

  @Test
  void restores_a_living_object_to_a_state_of_the_first_version() {
    Restored restored = restore("Konto", "10", first);

    assertThat(restored.changes())
        .extracting(Change::attribute)
        .containsExactly("amount", "currency", "inhaber");
    assertThat(database.rows("select id, title, currency, amount, inhaber_id from konto"))
        .containsExactly("10 Main EUR 1.00 2");
  }

  @Test
  void restores_a_removed_object_and_renamed_attributes_of_its_owner() {
    restore("Konto", "11", first);
    restore("Kunde", "1", first);

    assertThat(database.rows("select title, currency, inhaber_id from konto where id = 11"))
        .containsExactly("Spare EUR 1");
    assertThat(database.rows("select name, kind from kunde where id = 1"))
        .containsExactly("Ada Lovelace person");
  }

  @Test
  void uses_snapshots_that_an_older_version_left() {
    State before = state("Konto", "10", second);
    int taken =
        new Snapshotter(database.connections(), reader, type -> 2, Upcasters.none()).takeDue();
    assertThat(taken).isPositive();
    assertThat(
            database.rows(
                "select distinct schema_version from palimpsest.snapshot where object_id = '10'"))
        .containsExactlyInAnyOrder("1", "3");
    database.execute("delete from palimpsest.snapshot where schema_version > 1");

    assertThat(state("Konto", "10", second)).isEqualTo(before);
  }

  @Test
  void renames_a_content_type_once_and_records_it() {
    assertThat(
            database.rows(
                "select name, formerly, entity_class from palimpsest.content_type order by name"))
        .containsExactly(
            "Company {} " + First.Company.class.getName(),
            "Konto {Account} " + Third.Konto.class.getName(),
            "Kunde {Customer} " + Third.Kunde.class.getName(),
            "palimpsest.control {} palimpsest");
    assertThat(
            rebuilder.events(
                new StreamId("palimpsest.control", "content-types"), 0, 10, event -> true))
        .extracting(each -> each.event().name() + " " + each.event().body())
        .containsExactlyInAnyOrder(
            "renamed_content_type {\"to\":\"Konto\",\"from\":\"Account\"}",
            "renamed_content_type {\"to\":\"Kunde\",\"from\":\"Customer\"}");
  }

  @Test
  void a_node_of_an_older_version_cannot_read_what_a_newer_one_wrote() {
    Rebuilder older =
        rebuilder(
            Upcasters.of(Models.of("Konto", 2, "Account"), List.of(new Second.AccountTitle())));

    assertThat(older.at(new StreamId("Konto", "10"), Bound.asOf(second))).isPresent();
    assertThatThrownBy(() -> older.at(new StreamId("Konto", "10"), Bound.none()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("version 3 of its class wrote it");
  }

  private Third.Konto konto(Instant asOf) {
    return (Third.Konto) instance("Konto", "10", asOf);
  }

  private Object instance(String type, String id, Instant asOf) {
    return models
        .of(type)
        .orElseThrow()
        .instantiate(state(type, id, asOf).attributes(), models::stub);
  }

  private Restored restore(String type, String id, Instant asOf) {
    return inTransaction(
            restorer ->
                restorer.restore(
                    new StreamId(type, id), Restore.to(asOf, "because"), OptionalLong.empty()))
        .objects()
        .get(0);
  }

  private <R> R inTransaction(Function<Restorer, R> work) {
    return third.call(em -> work.apply(new Restorer(rebuilder, provider.live(em))));
  }

  private Rebuilder rebuilder(Upcasters upcasters) {
    return new Rebuilder(database.connections(), reader, Duration.ofSeconds(5), upcasters);
  }

  private State state(String type, String id, Instant asOf) {
    return rebuilder.at(new StreamId(type, id), Bound.asOf(asOf)).orElseThrow();
  }

  private String text(String type, String id, Instant asOf) {
    State state = state(type, id, asOf);
    return state.schemaVersion() + " " + JsonText.object(state.attributes());
  }

  private static String text(Change change) {
    return change.attribute() + " " + change.before() + " " + change.after();
  }

  private static <T> T find(EntityManager em, Class<T> type, long id) {
    return Objects.requireNonNull(em.find(type, id));
  }
}

package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.Change;
import io.github.palimpsest.Events;
import io.github.palimpsest.Page;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Ledger.Account;
import io.github.palimpsest.rebuild.Ledger.Country;
import io.github.palimpsest.rebuild.Ledger.Person;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about events of any objects, the same on every JPA provider. */
abstract class EventsConformance {
  private final JpaProvider provider;
  private TestUnit unit;
  private EntityModels models;

  EventsConformance(JpaProvider provider) {
    this.provider = provider;
  }

  /** Six events: two persists, an update, two deposits, a removal. */
  @BeforeEach
  void live() {
    unit = Ledger.open(provider);
    models = provider.models(unit.factory());
    as("ada", "opening", em -> em.persist(new Account(1, "0", null)));
    as("bob", "opening", em -> em.persist(new Country("CL", "Chile")));
    as("bob", "deposit", em -> em.find(Account.class, 1L).balance = new BigDecimal("50"));
    as("ada", "told", em -> deposit(em, Map.of("amount", 50, "from", Map.of("name", "Eve"))));
    as(
        "ada",
        "told",
        em -> deposit(em, Map.of("amount", 7.5, "at", Instant.parse("2026-02-01T00:00:00Z"))));
    as("bob", "end", em -> em.remove(em.find(Country.class, "CL")));
  }

  private void as(String actor, String reason, Consumer<EntityManager> work) {
    try {
      AuditContext.call(
          actor,
          reason,
          () -> {
            unit.commit(work);
            return true;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void deposit(EntityManager entities, Map<String, ?> data) {
    EntityModel model = models.of(Account.class).orElseThrow();
    provider.record(
        entities,
        changes -> changes.appended(model, new StreamId("Account", "1"), "made_deposit", data));
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void events_come_oldest_first_or_newest_first() {
    assertThat(operations(events()))
        .containsExactly("persist", "persist", "update", "domain", "domain", "remove");
    assertThat(operations(events().newestFirst()))
        .containsExactly("remove", "domain", "domain", "update", "persist", "persist");
    assertThat(events().first()).get().extracting(Event::operation).isEqualTo(Operation.PERSIST);
    assertThat(events().last()).get().extracting(Event::operation).isEqualTo(Operation.REMOVE);
    assertThat(events().newestFirst().last()).isEqualTo(events().first());
    assertThat(events().by("nobody").first()).isEmpty();
  }

  @Test
  void every_property_can_be_asked_for() {
    Event third = events().stream().toList().get(2);

    assertThat(operations(events().ofTypes(Country.class))).containsExactly("persist", "remove");
    assertThat(events().ofTypes(Country.class, Account.class).count()).isEqualTo(6);
    assertThat(events().of(Account.class, 1L).count()).isEqualTo(4);
    assertThat(events().of(Account.class, 2L).count()).isZero();
    assertThat(events().by("bob").count()).isEqualTo(3);
    assertThat(events().because("opening").by("ada").count()).isEqualTo(1);
    assertThat(events().with(Operation.UPDATE, Operation.REMOVE).count()).isEqualTo(2);
    assertThat(events().named("made_deposit").count()).isEqualTo(2);
    assertThat(events().inTransaction(third.transaction()).stream()).containsExactly(third);
    assertThat(events().correlatedBy("none").count()).isZero();
    assertThat(events().since(third.timeCreated()).count()).isEqualTo(4);
    assertThat(events().until(third.timeCreated()).count()).isEqualTo(3);
    assertThat(events().between(third.timeCreated(), third.timeCreated()).stream())
        .containsExactly(third);
    assertThat(operations(events().changed("balance"))).containsExactly("persist", "update");
    assertThatThrownBy(() -> events().ofTypes(String.class))
        .isInstanceOf(UnknownTypeException.class);
  }

  @Test
  void bodies_of_domain_events_are_compared() {
    assertThat(events().where("amount").greaterThan(7.5).count()).isEqualTo(1);
    assertThat(events().where("amount").atLeast(new BigDecimal("7.50")).count()).isEqualTo(2);
    assertThat(events().where("amount").in(List.of(50, 51)).count()).isEqualTo(1);
    assertThat(events().where("from.name").equalTo("Eve").count()).isEqualTo(1);
    assertThat(events().where("from.name").like("E%").count()).isEqualTo(1);
    assertThat(events().where("from").isNull().count()).isEqualTo(1);
    assertThat(events().where("at").atMost(Instant.parse("2026-02-01T00:00:00Z")).count())
        .isEqualTo(1);
    assertThat(events().where("at").lessThan(Instant.parse("2026-02-01T00:00:00Z")).count())
        .isZero();
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    List<Event> all = events().stream().toList();

    for (int size = 1; size <= 7; size++) {
      assertThat(paged(events().limit(size))).isEqualTo(all);
      assertThat(paged(events().limit(size).by("bob")))
          .containsExactly(all.get(1), all.get(2), all.get(5));
    }
    assertThat(events().after(EventCursor.of(all.get(3)).text()).stream())
        .containsExactly(all.get(4), all.get(5));
    assertThatThrownBy(() -> events().after("17")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> events().limit(0)).hasMessage("limit must be 1 or more, was 0");
  }

  @Test
  void old_and_new_values_are_told_on_request() {
    assertThat(events().changed("balance").by("bob").recorded())
        .singleElement()
        .satisfies(
            recorded ->
                assertThat(recorded.changes())
                    .extracting(Change::attribute, each -> each.before() + ">" + each.after())
                    .containsExactly(tuple("balance", "0.0000>50.0000")));
  }

  @Test
  void objects_come_once_each() {
    assertThat(events().objects())
        .containsExactly(new StreamId("Account", "1"), new StreamId("Country", "CL"));
    assertThat(events().by("bob").with(Operation.UPDATE).objects())
        .containsExactly(new StreamId("Account", "1"));
  }

  @Test
  void events_of_several_databases_are_merged_by_time() {
    try (TestUnit other = Ledger.open(provider)) {
      other.commit(em -> em.persist(new Person(1, "Ada")));
      other.commit(em -> em.find(Person.class, 1L).name = "Grace");
      as("ada", "late", em -> em.persist(new Country("PE", "Peru")));
      Events both = SearchedEvents.all(List.of(unit.rebuilder(), other.rebuilder()), this::model);

      assertThat(both.stream().skip(6).map(each -> each.stream().contentType()))
          .containsExactly("Person", "Person", "Country");
      assertThat(paged(both.limit(2))).isEqualTo(both.stream().toList());
      assertThat(both.count()).isEqualTo(9);
      assertThat(both.last()).get().extracting(each -> each.stream().objectId()).isEqualTo("PE");
      assertThat(both.objects().map(StreamId::contentType))
          .containsExactly("Account", "Country", "Country", "Person");
    }
  }

  private static List<Event> paged(Events query) {
    List<Event> events = new ArrayList<>();
    Page<Event> page = query.page();
    events.addAll(page.items());
    while (page.next() != null) {
      page = query.after(page.next()).page();
      events.addAll(page.items());
    }
    return events;
  }

  private static Stream<String> operations(Events query) {
    return query.stream().map(each -> each.operation().text());
  }

  private Events events() {
    return SearchedEvents.all(List.of(unit.rebuilder()), this::model);
  }

  private EntityModel model(Class<?> type) {
    return models.of(type).orElseThrow(() -> new UnknownTypeException(type.getName()));
  }
}

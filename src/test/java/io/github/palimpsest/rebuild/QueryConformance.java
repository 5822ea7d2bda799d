package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.AttributeValue;
import io.github.palimpsest.FutureInstantException;
import io.github.palimpsest.Page;
import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.Where;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Ledger.Account;
import io.github.palimpsest.rebuild.Ledger.Address;
import io.github.palimpsest.rebuild.Ledger.Branch;
import io.github.palimpsest.rebuild.Ledger.Company;
import io.github.palimpsest.rebuild.Ledger.Country;
import io.github.palimpsest.rebuild.Ledger.Kind;
import io.github.palimpsest.rebuild.Ledger.Person;
import io.github.palimpsest.rebuild.RebuiltTypeQuery.Source;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about all objects of a type, the same on every JPA provider. */
abstract class QueryConformance {
  private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");

  private final JpaProvider provider;
  private TestUnit unit;
  private EntityModels models;
  private Rebuilder rebuilder;
  private Instant then;

  QueryConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void live() {
    unit = Ledger.open(provider);
    models = provider.models(unit.factory());
    rebuilder = unit.rebuilder();
    unit.commit(
        em -> {
          Country chile = new Country("CL", "Chile");
          chile.names.put("mi", "Hiri");
          Person ada = new Person(1, "Ada");
          ada.address = new Address("Arica", chile);
          Company mills = new Company(2, "Mills", "R 7");
          Branch branch = new Branch(1);
          em.persist(chile);
          em.persist(branch);
          em.persist(ada);
          em.persist(mills);
          persist(em::persist, new Account(1, "100", ada), Kind.CURRENT);
          persist(em::persist, new Account(2, "9.5", ada), Kind.SAVINGS);
          persist(em::persist, new Account(3, "100.00", mills), Kind.CURRENT);
          persist(em::persist, new Account(10, null, null), null);
        });
    then = rebuilder.settled(null);
    unit.commit(em -> em.remove(em.find(Account.class, 1L)));
    unit.commit(em -> em.find(Account.class, 2L).balance = new BigDecimal("1000"));
    unit.commit(em -> em.find(Person.class, 1L).name = "Grace");
    unit.commit(em -> em.persist(new Account(4, "4", null)));
  }

  private static void persist(Consumer<Object> entities, Account account, @Nullable Kind kind) {
    account.kind = kind;
    account.opened = OPENED.plus(Duration.ofDays(account.id));
    account.note = "no " + account.id;
    account.pin = "1234";
    account.tags = Set.of("t" + account.id);
    entities.accept(account);
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void objects_are_as_they_were_at_the_instant() {
    assertThat(ids(accounts())).containsExactly(1L, 10L, 2L, 3L);
    assertThat(accounts().where("balance").equalTo(new BigDecimal("9.5")).first())
        .get()
        .satisfies(account -> assertThat(account.kind).isEqualTo(Kind.SAVINGS));
    assertThat(ids(accountsNow())).containsExactly(10L, 2L, 3L, 4L);
    assertThatThrownBy(() -> accountsAt(Instant.parse("2999-01-01T00:00:00Z")).count())
        .isInstanceOf(FutureInstantException.class);
  }

  @Test
  void every_comparison_can_be_asked_for() {
    assertThat(balance(where -> where.equalTo(100))).containsExactly(1L, 3L);
    assertThat(balance(where -> where.equalTo(null))).containsExactly(10L);
    assertThat(balance(where -> where.notEqualTo(new BigDecimal("100.0"))))
        .containsExactly(10L, 2L);
    assertThat(balance(where -> where.notEqualTo(null))).containsExactly(1L, 2L, 3L);
    assertThat(balance(where -> where.greaterThan(9.5))).containsExactly(1L, 3L);
    assertThat(balance(where -> where.greaterThan(new BigDecimal("99.99999"))))
        .containsExactly(1L, 3L);
    assertThat(balance(where -> where.greaterThan(new BigDecimal("100.000001")))).isEmpty();
    assertThat(balance(where -> where.atLeast(100))).containsExactly(1L, 3L);
    assertThat(balance(where -> where.lessThan(100))).containsExactly(2L);
    assertThat(balance(where -> where.atMost(9.5f))).containsExactly(2L);
    assertThat(balance(where -> where.between(9, 10))).containsExactly(2L);
    assertThat(balance(where -> where.in(List.of(100, 9.5)))).containsExactly(1L, 2L, 3L);
    assertThat(balance(where -> where.in(List.of()))).isEmpty();
    assertThat(balance(Where::isNull)).containsExactly(10L);
    assertThat(balance(Where::isNotNull)).containsExactly(1L, 2L, 3L);
    assertThat(ids(accounts().where("note").startsWith("no 1"))).containsExactly(1L, 10L);
    assertThat(ids(accounts().where("note").like("n_ _"))).containsExactly(1L, 2L, 3L);
    assertThat(ids(accounts().where("kind").equalTo(Kind.SAVINGS))).containsExactly(2L);
    assertThat(ids(accounts().where("opened").greaterThan(OPENED.plus(Duration.ofDays(3)))))
        .containsExactly(10L);
    assertThat(ids(accounts().where("tags").equalTo(Set.of("t3")))).containsExactly(3L);
  }

  @Test
  void all_conditions_must_hold() {
    assertThat(ids(accounts().where("balance").equalTo(100).where("note").equalTo("no 3")))
        .containsExactly(3L);
  }

  @Test
  void a_path_goes_through_embeddables_and_references_as_of_the_same_instant() {
    assertThat(ids(accounts().where("owner.name").equalTo("Ada"))).containsExactly(1L, 2L);
    assertThat(ids(accountsNow().where("owner.name").equalTo("Ada"))).isEmpty();
    assertThat(ids(accountsNow().where("owner.name").equalTo("Grace"))).containsExactly(2L);
    assertThat(ids(accounts().where("owner.address.city").equalTo("Arica")))
        .containsExactly(1L, 2L);
    assertThat(ids(accounts().where("owner.address.country.name").equalTo("Chile")))
        .containsExactly(1L, 2L);
    assertThat(ids(accounts().where("owner.address.country.names.mi").equalTo("Hiri")))
        .containsExactly(1L, 2L);
    assertThat(ids(accounts().where("owner.registry").isNotNull())).containsExactly(3L);
    assertThat(ids(accounts().where("owner.name").isNull())).containsExactly(10L);
  }

  @Test
  void a_reference_is_compared_with_an_entity_or_a_key() {
    assertThat(ids(accounts().where("owner").equalTo(new Person(1, "")))).containsExactly(1L, 2L);
    assertThat(ids(accounts().where("owner").equalTo(new Company(1, "", "")))).isEmpty();
    assertThat(ids(accounts().where("owner").equalTo(1))).containsExactly(1L, 2L);
    assertThat(ids(accounts().where("owner").in(List.of(1L, 2L)))).containsExactly(1L, 2L, 3L);
    assertThat(ids(accounts().where("owner").isNull())).containsExactly(10L);
    assertThat(ids(query(Person.class, then).where("address.country").equalTo("CL")))
        .containsExactly(1L);
  }

  @Test
  void what_cannot_be_asked_for_is_refused_by_its_name() {
    assertThatThrownBy(() -> accounts().where("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Account has no attribute nothing");
    assertThatThrownBy(() -> accounts().orderBy("owner.nothing"))
        .hasMessage("owner has no attribute owner.nothing");
    assertThatThrownBy(() -> accounts().where("tags.size"))
        .hasMessage("tags has no attribute tags.size");
    assertThatThrownBy(() -> accounts().where("pin"))
        .hasMessage("pin is masked and cannot be compared");
    assertThatThrownBy(() -> accounts().where("branch.name"))
        .hasMessage(
            "branch.name leads to a io.github.palimpsest.rebuild.Ledger$Branch, which is not"
                + " audited");
    assertThatThrownBy(() -> accounts().where("opened").equalTo("yesterday"))
        .hasMessage("opened cannot be compared: it is not compared with a java.lang.String");
    assertThatThrownBy(() -> accounts().limit(0)).hasMessage("limit must be 1 or more, was 0");
    assertThatThrownBy(() -> accounts().orderBy("note").after("7").page())
        .hasMessage("the cursor is none of a query with this order");
  }

  @Test
  void objects_come_in_the_order_asked_for() {
    assertThat(ids(accounts().orderBy("balance"))).containsExactly(10L, 2L, 1L, 3L);
    assertThat(ids(accounts().orderByDescending("balance"))).containsExactly(1L, 3L, 2L, 10L);
    assertThat(ids(accounts().orderBy("balance").orderByDescending("opened")))
        .containsExactly(10L, 2L, 3L, 1L);
    assertThat(ids(accounts().orderBy("owner.name").orderByDescending("balance")))
        .containsExactly(10L, 1L, 2L, 3L);
    assertThat(ids(accounts().where("balance").isNotNull().orderBy("opened")))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void first_and_last_follow_the_order() {
    assertThat(accounts().first()).get().extracting(each -> each.id).isEqualTo(1L);
    assertThat(accounts().last()).get().extracting(each -> each.id).isEqualTo(3L);
    assertThat(accounts().orderBy("opened").last())
        .get()
        .extracting(each -> each.id)
        .isEqualTo(10L);
    assertThat(accounts().where("balance").isNotNull().orderBy("balance").first())
        .get()
        .extracting(each -> each.id)
        .isEqualTo(2L);
    assertThat(accounts().where("balance").lessThan(0).first()).isEmpty();
    assertThat(accounts().where("balance").lessThan(0).last()).isEmpty();
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    for (int size = 1; size <= 5; size++) {
      assertThat(paged(accounts().limit(size))).containsExactly(1L, 10L, 2L, 3L);
      assertThat(paged(accounts().limit(size).where("balance").isNotNull()))
          .containsExactly(1L, 2L, 3L);
      assertThat(paged(accounts().limit(size).orderByDescending("balance").orderBy("owner.name")))
          .containsExactly(1L, 3L, 2L, 10L);
    }
  }

  @Test
  void an_ordered_page_with_room_left_goes_through_the_type_once() {
    AtomicInteger calls = new AtomicInteger();
    Connections all = unit.database().connections();
    Connections counted =
        new Connections() {
          @Override
          public <R> R call(Work<R> work) {
            calls.incrementAndGet();
            return all.call(work);
          }
        };
    rebuilder = new Rebuilder(counted, new EventReader(), Duration.ofSeconds(5));

    assertThat(accounts().limit(3).orderBy("balance").page().items()).hasSize(3);
    int full = calls.getAndSet(0);
    assertThat(accounts().limit(9).orderBy("balance").page().items()).hasSize(4);

    assertThat(calls).hasValue(full);
  }

  @Test
  void a_count_is_of_all_pages() {
    assertThat(accounts().count()).isEqualTo(4);
    assertThat(accounts().limit(1).after("2").where("balance").equalTo(100).count()).isEqualTo(2);
  }

  @Test
  void an_order_of_more_objects_than_are_kept_at_once_is_streamed() {
    unit.database()
        .execute(
            """
            insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
              source, schema_version, transaction_id, actor, body)
            select 100000 + n, clock_timestamp(), (select id from palimpsest.content_type where name = 'Country'),
              n, 'persist', 'jpa', 1, 1, 'ada', jsonb_build_object('code', n::text, 'name', (n * 7919) % 10500)
            from generate_series(1, 10500) n
            """);

    List<String> names =
        query(Country.class, rebuilder.settled(null))
            .where("code")
            .notEqualTo("CL")
            .orderBy("name")
            .stream()
            .map(country -> String.valueOf(country.name))
            .toList();

    assertThat(names).hasSize(10500).doesNotHaveDuplicates();
    assertThat(names.stream().map(Integer::valueOf)).isSorted();
  }

  @Test
  void the_values_of_an_attribute_are_told_with_the_events_that_gave_them() {
    unit.commit(
        em -> {
          Person ada = em.find(Person.class, 1L);
          ada.address = new Address("Lima", Objects.requireNonNull(ada.address).country);
        });
    unit.commit(em -> em.find(Person.class, 1L).name = "Mary");

    assertThat(values(Account.class, 2, "balance")).containsExactly("9.5000", "1000.0000");
    assertThat(values(Account.class, 1, "balance")).containsExactly("100.0000", "null");
    assertThat(values(Person.class, 1, "name")).containsExactly("\"Ada\"", "\"Grace\"", "\"Mary\"");
    assertThat(values(Person.class, 1, "address.city")).containsExactly("\"Arica\"", "\"Lima\"");
    assertThat(values(Account.class, 10, "balance")).isEmpty();
    assertThatThrownBy(() -> values(Account.class, 2, "owner.name"))
        .hasMessage("owner has no attribute owner.name");
  }

  @Test
  void a_value_of_a_later_life_is_not_from_the_removal_before() {
    unit.commit(em -> em.persist(new Account(20, "5", null)));
    unit.commit(em -> em.remove(em.find(Account.class, 20L)));
    unit.commit(em -> em.persist(new Account(20, null, null)));
    StreamId stream = new StreamId(models.of(Account.class).orElseThrow().contentType(), "20");
    Instant settled = rebuilder.settled(null);
    State state = rebuilder.at(stream, Bound.asOf(settled)).orElseThrow();

    Map<String, Event> origins = new Blame(rebuilder, stream).origins(state, settled);

    assertThat(origins).containsKeys("balance", "id");
    assertThat(origins.values())
        .allSatisfy(event -> assertThat(event.position()).isEqualTo(state.position()));
  }

  @Test
  void a_part_of_an_attribute_has_the_changes_that_were_its_own() {
    unit.commit(
        em -> {
          Person ada = em.find(Person.class, 1L);
          ada.address = new Address("Lima", Objects.requireNonNull(ada.address).country);
        });
    StreamId stream = new StreamId(models.of(Person.class).orElseThrow().contentType(), "1");

    assertThat(changes(stream, "address")).hasSize(2);
    assertThat(changes(stream, "address", "city"))
        .containsExactly("null to \"Arica\"", "\"Arica\" to \"Lima\"");
    assertThat(changes(stream, "address", "country")).hasSize(1);
    assertThat(changes(stream, "address", "nothing")).isEmpty();
  }

  private List<String> changes(StreamId stream, String... way) {
    return new Blame(rebuilder, stream)
        .changes(List.of(way), 0, 10).stream()
            .map(each -> each.changes().get(0))
            .map(change -> change.before() + " to " + change.after())
            .toList();
  }

  private List<String> values(Class<?> type, long id, String path) {
    EntityModel model = models.of(type).orElseThrow();
    List<AttributeValue> values =
        new AttributeHistory(rebuilder, new AttributePaths(models).within(model, path))
            .values(new StreamId(model.contentType(), "" + id));
    assertThat(values).extracting(AttributeValue::since).isSorted();
    return values.stream().map(each -> each.value().toString()).toList();
  }

  private List<Long> balance(Function<Where<TypeQuery<Account>>, TypeQuery<Account>> how) {
    return ids(how.apply(accounts().where("balance")));
  }

  private static List<Long> paged(TypeQuery<Account> query) {
    List<Long> ids = new ArrayList<>();
    Page<Account> page = query.page();
    page.items().forEach(each -> ids.add(each.id));
    while (page.next() != null) {
      page = query.after(page.next()).page();
      page.items().forEach(each -> ids.add(each.id));
    }
    return ids;
  }

  private static List<Long> ids(TypeQuery<?> query) {
    return query.stream()
        .map(each -> each instanceof Account account ? account.id : ((Ledger.Party) each).id)
        .toList();
  }

  private TypeQuery<Account> accounts() {
    return accountsAt(then);
  }

  private TypeQuery<Account> accountsNow() {
    return accountsAt(rebuilder.settled(null));
  }

  private TypeQuery<Account> accountsAt(Instant asOf) {
    return query(Account.class, asOf);
  }

  private <T> TypeQuery<T> query(Class<T> type, Instant asOf) {
    EntityModel model = models.of(type).orElseThrow();
    DetachedEntities entities = new DetachedEntities(models::stub);
    return RebuiltTypeQuery.all(
        new Source<>(
            rebuilder,
            models,
            states -> states.stream().map(each -> type.cast(entities.of(model, each))).toList()),
        model,
        asOf);
  }
}

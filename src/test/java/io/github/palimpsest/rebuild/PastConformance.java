package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.FutureInstantException;
import io.github.palimpsest.Page;
import io.github.palimpsest.PastView;
import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Ledger.Account;
import io.github.palimpsest.rebuild.Ledger.Address;
import io.github.palimpsest.rebuild.Ledger.Branch;
import io.github.palimpsest.rebuild.Ledger.Card;
import io.github.palimpsest.rebuild.Ledger.Club;
import io.github.palimpsest.rebuild.Ledger.Company;
import io.github.palimpsest.rebuild.Ledger.Country;
import io.github.palimpsest.rebuild.Ledger.Party;
import io.github.palimpsest.rebuild.Ledger.Person;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects with what they refer to, all as of one instant, the same on every JPA provider. */
abstract class PastConformance {
  private final JpaProvider provider;
  private TestUnit unit;
  private Rebuilder rebuilder;
  private PastView then;

  PastConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void live() {
    unit = Ledger.open(provider);
    rebuilder =
        new Rebuilder(unit.database().oneConnection(), new EventReader(), Duration.ofSeconds(5));
    unit.commit(
        em -> {
          Country chile = new Country("CL", "Chile");
          Person ada = new Person(1, "Ada");
          ada.address = new Address("Arica", chile);
          Company mills = new Company(2, "Mills", "R 7");
          Branch branch = new Branch(1);
          mills.parent = ada;
          Account first = new Account(1, "10", ada);
          first.branch = branch;
          Club chess = new Club(1, "Chess");
          chess.members.addAll(List.of(mills, ada));
          List.of(chile, branch, ada, mills, first, chess).forEach(em::persist);
          em.persist(new Account(2, "9", ada));
          em.persist(new Account(3, "100", ada));
          em.persist(new Account(4, "4", mills));
          em.persist(new Account(5, "5", null));
          em.persist(new Card(1, ada));
        });
    then = view(rebuilder.settled(null), PastObjects.MOST);
    unit.commit(em -> em.find(Country.class, "CL").name = "República de Chile");
    unit.commit(em -> em.find(Person.class, 1L).name = "Grace");
    unit.commit(em -> em.find(Account.class, 2L).owner = em.find(Company.class, 2L));
    unit.commit(em -> em.find(Account.class, 5L).owner = em.find(Person.class, 1L));
    unit.commit(em -> em.persist(new Account(6, "6", em.find(Person.class, 1L))));
    unit.commit(em -> em.remove(em.find(Account.class, 1L)));
    unit.commit(em -> em.remove(em.find(Card.class, 1L)));
    unit.commit(em -> em.find(Club.class, 1L).members.clear());
  }

  @AfterEach
  void close() {
    unit.close();
  }

  private PastView view(Instant asOf, int most) {
    return new PastObjects(rebuilder, provider.models(unit.factory()), asOf, most);
  }

  private Account account(long id) {
    return then.find(Account.class, id).orElseThrow();
  }

  private static Party owner(Account account) {
    return Objects.requireNonNull(account.owner);
  }

  @Test
  void references_lead_to_what_was_there_at_the_same_instant() {
    Party owner = owner(account(1));

    assertThat(owner.name).isEqualTo("Ada");
    assertThat(Objects.requireNonNull(Objects.requireNonNull(owner.address).country).name)
        .isEqualTo("Chile");
    assertThat(account(1).balance).isEqualByComparingTo(BigDecimal.TEN);
    assertThat(account(5).owner).isNull();
  }

  @Test
  void inverse_collections_are_answered_from_history_in_their_order() {
    unit.database().execute("update account set owner_id = null");

    assertThat(owner(account(1)).accounts).extracting(each -> each.id).containsExactly(3L, 1L, 2L);
    assertThat(owner(account(4)).accounts).extracting(each -> each.id).containsExactly(4L);
    assertThat(owner(account(1)).children).extracting(each -> each.name).containsExactly("Mills");
    assertThat(owner(account(1)).clubs).extracting(each -> each.name).containsExactly("Chess");
    PastView now = view(rebuilder.settled(null), PastObjects.MOST);
    assertThat(now.find(Person.class, 1L).orElseThrow().accounts)
        .extracting(each -> each.id)
        .containsExactly(3L, 6L, 5L);
    assertThat(now.find(Person.class, 1L).orElseThrow().clubs).isEmpty();
  }

  @Test
  void an_inverse_side_without_an_order_has_pages_by_type_and_id() {
    unit.commit(
        em -> {
          for (long id = 3; id <= 12; id++) {
            Person child = new Person(id, "No " + id);
            child.parent = em.find(Person.class, 1L);
            em.persist(child);
          }
        });
    Instant asOf = rebuilder.settled(null);
    unit.commit(em -> em.find(Person.class, 4L).parent = null);
    unit.commit(em -> em.remove(em.find(Person.class, 11L)));

    List<String> all =
        List.of(
            "Company/2",
            "Person/3",
            "Person/4",
            "Person/5",
            "Person/6",
            "Person/7",
            "Person/8",
            "Person/9",
            "Person/10",
            "Person/11",
            "Person/12");
    for (int size : List.of(1, 3, 11, 20)) {
      assertThat(children(asOf, size)).isEqualTo(all);
    }
    assertThat(children(rebuilder.settled(null), 2))
        .hasSize(9)
        .doesNotContain("Person/4", "Person/11");
    assertThatThrownBy(() -> childrenPage(asOf, "Country/CL", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("after is not of this relation");
  }

  @Test
  void a_page_of_an_inverse_side_does_not_read_all_of_it() {
    unit.database()
        .execute(
            """
            insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
              source, schema_version, transaction_id, actor, body)
            select 100000 + n, clock_timestamp(), (select id from palimpsest.content_type where name = 'Person'),
              n, 'persist', 'jpa', 1, 1, 'ada', jsonb_build_object('id', n, 'name', 'No ' || n,
                'parent', jsonb_build_object('type', 'Person', 'id', 1))
            from generate_series(101, 10200) n
            """);

    Page<State> page = childrenPage(rebuilder.settled(null), "Person/9999", 10);

    assertThat(page.items()).hasSize(10);
    assertThat(page.items().get(0).stream().objectId()).isEqualTo("10000");
    assertThat(page.next()).isEqualTo("Person/10009");
  }

  @Test
  void an_owned_relation_of_any_size_has_pages() {
    insertClub(500_000, 10_001, 1);
    Instant now = rebuilder.settled(null);
    EntityModels models = provider.models(unit.factory());
    State club = rebuilder.at(new StreamId("Club", "500000"), Bound.asOf(now)).orElseThrow();
    Relations relations = new Relations(rebuilder, models, now);
    EntityModel model = models.of(Club.class).orElseThrow();

    Page<State> first = relations.page(model, club, "members", null, 2).orElseThrow();
    Page<State> last = relations.page(model, club, "members", "Person/509998", 10).orElseThrow();

    assertThat(first.items())
        .extracting(each -> each.stream().objectId())
        .containsExactly("500001", "500002");
    assertThat(first.next()).isEqualTo("Person/500002");
    assertThat(last.items())
        .extracting(each -> each.stream().objectId())
        .containsExactly("509999", "510000", "510001");
    assertThat(last.next()).isNull();
    assertThatThrownBy(() -> relations.page(model, club, "members", "Person/1", 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("after is not of this relation");
  }

  @Test
  void an_object_counts_each_time_that_it_is_referred_to() {
    insertClub(500_000, 4_000, 3);
    EntityModels models = provider.models(unit.factory());
    List<AttributePath> members =
        List.of(
            new AttributePaths(models).referring(models.of(Club.class).orElseThrow(), "members"));
    Bound now = Bound.asOf(rebuilder.settled(null));
    List<State> clubs = rebuilder.at("Club", List.of("500000", "500001", "500002"), now);

    ReferencedStates two =
        ReferencedStates.of(clubs.subList(0, 2), members, models, rebuilder, now);

    assertThat(two.at(clubs.get(1), members.get(0))).hasSize(4_000);
    assertThatThrownBy(() -> ReferencedStates.of(clubs, members, models, rebuilder, now))
        .isInstanceOf(TooManyObjectsException.class);
  }

  /** Clubs that have the same members. */
  private void insertClub(int first, int members, int clubs) {
    unit.database()
        .execute(
            """
            with member as (
              select %1$d + n as id from generate_series(1, %2$d) n),
            everybody as (
              select jsonb_agg(jsonb_build_object('type', 'Person', 'id', id) order by id) as all
              from member),
            created as (
              select 'Person' as type, id, jsonb_build_object('id', id, 'name', 'No ' || id) as body
              from member
              union all
              select 'Club', %1$d + n - 1, jsonb_build_object('id', %1$d + n - 1, 'name', 'Large',
                'members', everybody.all)
              from everybody, generate_series(1, %3$d) n)
            insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
              source, schema_version, transaction_id, actor, body)
            select %1$d + row_number() over (), now(), c.id, created.id, 'persist', 'jpa', 1, 1,
              'ada', created.body
            from created join palimpsest.content_type c on c.name = created.type
            """
                .formatted(first, members, clubs));
  }

  private List<String> children(Instant asOf, int size) {
    List<String> found = new ArrayList<>();
    Page<State> page = childrenPage(asOf, null, size);
    page.items().forEach(each -> found.add(each.stream().toString()));
    while (page.next() != null) {
      page = childrenPage(asOf, page.next(), size);
      page.items().forEach(each -> found.add(each.stream().toString()));
    }
    return found;
  }

  private Page<State> childrenPage(Instant asOf, @Nullable String after, int size) {
    EntityModels models = provider.models(unit.factory());
    State ada = rebuilder.at(new StreamId("Person", "1"), Bound.asOf(asOf)).orElseThrow();
    return new Relations(rebuilder, models, asOf)
        .page(models.of(Person.class).orElseThrow(), ada, "children", after, size)
        .orElseThrow();
  }

  @Test
  void the_inverse_side_of_a_one_to_one_is_answered() {
    Card card = owner(account(1)).card;

    assertThat(card).isNotNull();
    assertThat(Objects.requireNonNull(card).holder).isSameAs(owner(account(1)));
    assertThat(owner(account(4)).card).isNull();
    PastView now = view(rebuilder.settled(null), PastObjects.MOST);
    assertThat(now.find(Person.class, 1L).orElseThrow().card).isNull();
  }

  @Test
  void recorded_collections_hold_the_same_objects() {
    Club chess = then.find(Club.class, 1L).orElseThrow();

    assertThat(chess.members)
        .extracting(each -> each.name)
        .containsExactlyInAnyOrder("Ada", "Mills");
    assertThat(chess.members).contains(owner(account(1)));
  }

  @Test
  void an_object_is_one_instance() {
    Account first = account(1);
    Party ada = owner(first);

    assertThat(account(1)).isSameAs(first);
    assertThat(owner(account(2))).isSameAs(ada);
    assertThat(ada.accounts.get(1)).isSameAs(first);
    assertThat(then.find(Party.class, 1L)).containsSame(ada);
    assertThat(then.all(Account.class).where("balance").equalTo(10).first()).containsSame(first);
    assertThat(Objects.requireNonNull(then.find(Company.class, 2L).orElseThrow().parent))
        .isSameAs(ada);
  }

  @Test
  void what_did_not_exist_then_is_not_there() {
    assertThat(then.find(Account.class, 6L)).isEmpty();
    assertThat(then.find(Company.class, 1L)).isEmpty();
    assertThat(then.find(Party.class, 2L)).get().isInstanceOf(Company.class);
    assertThatThrownBy(() -> then.find(Branch.class, 1L)).isInstanceOf(UnknownTypeException.class);
    assertThatThrownBy(() -> then.all(Branch.class)).isInstanceOf(UnknownTypeException.class);
    assertThatThrownBy(() -> view(Instant.parse("2999-01-01T00:00:00Z"), 1).find(Account.class, 1L))
        .isInstanceOf(FutureInstantException.class);
  }

  @Test
  void what_is_not_audited_has_its_id_and_nothing_else() {
    Branch branch = Objects.requireNonNull(account(1).branch);

    assertThat(branch.id).isEqualTo(1);
    assertThat(branch.name).isNull();
  }

  @Test
  void a_query_of_the_view_has_objects_with_what_they_refer_to() {
    assertThat(
            then.all(Account.class).where("owner.name").equalTo("Ada").orderBy("balance").stream()
                .map(each -> each.id + " " + owner(each).name + " " + owner(each).accounts.size()))
        .containsExactly("2 Ada 3", "1 Ada 3", "3 Ada 3");
    assertThat(then.all(Account.class).limit(2).page().items())
        .extracting(each -> owner(each).name)
        .containsExactly("Ada", "Ada");
  }

  @Test
  void the_past_cannot_be_changed() {
    assertThatThrownBy(() -> owner(account(1)).accounts.add(new Account()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> owner(account(1)).children.clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_chain_of_any_length_is_followed_up_to_the_bound() {
    insertChain(1500);
    Instant now = rebuilder.settled(null);

    Party end = view(now, PastObjects.MOST).find(Party.class, 1001L).orElseThrow();
    int length = 1;
    for (Party each = end; each.parent != null; each = each.parent) {
      length++;
    }

    assertThat(length).isEqualTo(1500);
    assertThatThrownBy(() -> view(now, 1499).find(Party.class, 1001L))
        .isInstanceOf(TooManyObjectsException.class)
        .hasMessage("More than 1499 objects refer to each other: ask for fewer.");
  }

  @Test
  void those_who_refer_to_each_other_in_a_circle_are_loaded_once() {
    unit.commit(em -> em.find(Person.class, 1L).parent = em.find(Company.class, 2L));

    Party ada = view(rebuilder.settled(null), PastObjects.MOST).find(Party.class, 1L).orElseThrow();

    assertThat(Objects.requireNonNull(Objects.requireNonNull(ada.parent).parent)).isSameAs(ada);
  }

  @Test
  void an_inverse_collection_is_bounded_as_well() {
    unit.commit(em -> em.persist(new Account(7, "7", em.find(Person.class, 1L))));
    unit.commit(em -> em.persist(new Account(8, "8", em.find(Person.class, 1L))));

    Person ada = view(rebuilder.settled(null), 4).find(Person.class, 1L).orElseThrow();

    assertThatThrownBy(() -> ada.accounts.size()).isInstanceOf(TooManyObjectsException.class);
  }

  private void insertChain(int length) {
    unit.database()
        .execute(
            """
            insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
              source, schema_version, transaction_id, actor, body)
            select 100000 + n, clock_timestamp(),
              (select id from palimpsest.content_type where name = 'Person'), 1000 + n, 'persist',
              'jpa', 1, 1, 'ada', jsonb_build_object('id', 1000 + n, 'name', 'n' || n, 'parent',
                case when n < %1$d then jsonb_build_object('type', 'Person', 'id', 1001 + n) end)
            from generate_series(1, %1$d) n
            """
                .formatted(length));
  }
}

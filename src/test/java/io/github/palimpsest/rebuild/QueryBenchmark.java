package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.rebuild.Ledger.Account;
import io.github.palimpsest.rebuild.RebuiltTypeQuery.Source;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What questions about 100,000 objects with 500,000 events cost. By hand: {@code mvn test
 * -Dtest=QueryBenchmark}.
 */
class QueryBenchmark {
  private static final int OBJECTS = 100_000;
  private static final String FOLDED =
      """
      select count(*) from (
        select palimpsest.fold(operation, body order by id) as state
        from palimpsest.event
        where content_type_id = (select id from palimpsest.content_type where name = 'Account')
          and operation <> 'domain'
        group by object_id) folded
      where state -> 'balance' > '99990'
      """;

  @Test
  void of_100000_objects() {
    try (TestUnit unit = Ledger.open(JpaProvider.HIBERNATE)) {
      unit.commit(em -> em.persist(new Account(0, "0", null)));
      unit.commit(em -> em.persist(new Ledger.Person(1, "Ada")));
      unit.commit(em -> em.persist(new Ledger.Person(2, "Bob")));
      unit.commit(em -> em.persist(new Ledger.Person(3, "Cid")));
      insert(unit);
      TypeQuery<Account> accounts = accounts(unit);

      assertThat(time("count", accounts::count)).isEqualTo(OBJECTS + 1);
      assertThat(time("count where", () -> accounts.where("balance").greaterThan(99_990).count()))
          .isEqualTo(11);
      time("count where, folded in SQL", () -> unit.database().rows(FOLDED));
      assertThat(
              time(
                  "page where",
                  () -> accounts.where("balance").greaterThan(99_990).page().items().size()))
          .isEqualTo(11);
      assertThat(time("ordered page", () -> accounts.orderBy("balance").page().items().size()))
          .isEqualTo(100);
      assertThat(
              time(
                  "where through a reference",
                  () -> accounts.where("owner.name").equalTo("Bob").count()))
          .isEqualTo(OBJECTS / 2 - 3);
      assertThat(time("an inverse side of 5", () -> accountsOf(unit, 3).size())).isEqualTo(5);
      assertThat(time("ordered stream", () -> accounts.orderBy("balance").stream().count()))
          .isEqualTo(OBJECTS + 1);
    }
  }

  private static void insert(TestUnit unit) {
    unit.database()
        .execute(
            """
            insert into palimpsest.event (id, time_created, content_type_id, object_id, operation,
              source, schema_version, transaction_id, actor, body)
            select 1000000 + v * %1$d + n, clock_timestamp(),
              (select id from palimpsest.content_type where name = 'Account'), n,
              case v when 0 then 'persist' else 'update' end, 'jpa', 1, 1, 'ada',
              case v when 0 then jsonb_build_object('id', n, 'balance', 0, 'note', 'no ' || n,
                'kind', 'CURRENT', 'tags', '[]'::jsonb, 'branch', null,
                'opened', '2026-01-01T00:00:00.000000Z',
                'owner', jsonb_build_object('type', 'Person',
                  'id', case when n <= 5 then 3 else 1 + n %% 2 end))
              else jsonb_build_object('balance', n + 1 - (4 - v) * 0.5) end
            from generate_series(0, 4) v, generate_series(1, %1$d) n
            """
                .formatted(OBJECTS));
  }

  private static TypeQuery<Account> accounts(TestUnit unit) {
    EntityModels models = JpaProvider.HIBERNATE.models(unit.factory());
    EntityModel model = models.of(Account.class).orElseThrow();
    DetachedEntities entities = new DetachedEntities(models::stub);
    Rebuilder rebuilder = rebuilder(unit);
    return RebuiltTypeQuery.all(
        new Source<>(
            rebuilder,
            models,
            states -> states.stream().map(each -> (Account) entities.of(model, each)).toList()),
        model,
        rebuilder.settled(null));
  }

  private static List<Account> accountsOf(TestUnit unit, long person) {
    Rebuilder rebuilder = rebuilder(unit);
    return new PastObjects(
            rebuilder,
            JpaProvider.HIBERNATE.models(unit.factory()),
            rebuilder.settled(null),
            PastObjects.MOST)
        .find(Ledger.Person.class, person)
        .orElseThrow()
        .accounts;
  }

  private static Rebuilder rebuilder(TestUnit unit) {
    return new Rebuilder(unit.database().oneConnection(), new EventReader(), Duration.ofSeconds(5));
  }

  private static <R> R time(String what, Supplier<R> work) {
    Instant start = Instant.now();
    R result = work.get();
    System.out.printf("%-30s %5d ms%n", what, Duration.between(start, Instant.now()).toMillis());
    return result;
  }
}

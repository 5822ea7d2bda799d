package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many transactions race on four accounts once; the tests look at what they left. Transfers go
 * between the first two accounts only, whose sum is therefore the same at every instant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceIT extends ServerIT {
  private static final System.Logger LOG = System.getLogger(RaceIT.class.getName());
  private static final int THREADS = 8;
  private static final int TRANSACTIONS = 1000;
  private static final int ANSWERS = 50;
  private static final String OPENING = "100000";

  private final BankClient bank = new BankClient(teller, reader, restorer);
  private final List<Long> accounts = new ArrayList<>();
  private final Map<String, Answer> given = new TreeMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2);
  private Instant begin = Instant.EPOCH;
  private Instant end = Instant.EPOCH;

  @BeforeAll
  void race() throws InterruptedException, ExecutionException {
    long owner = bank.createOwner("Ada");
    for (int i = 0; i < 4; i++) {
      long account = bank.createAccount(owner);
      bank.deposit(account, OPENING).expect(200);
      accounts.add(account);
    }
    begin = database.now();
    Instant started = Instant.now();
    AtomicBoolean racing = new AtomicBoolean(true);
    List<Future<Map<String, Answer>>> readers =
        IntStream.range(0, 2).mapToObj(i -> threads.submit(() -> ask(racing))).toList();
    List<Callable<Integer>> writers =
        IntStream.range(0, THREADS).<Callable<Integer>>mapToObj(i -> () -> write(i)).toList();
    int done = 0;
    for (Future<Integer> writer : threads.invokeAll(writers)) {
      done += writer.get();
    }
    racing.set(false);
    for (Future<Map<String, Answer>> answers : readers) {
      given.putAll(answers.get());
    }
    end = database.now();
    long millis = Duration.between(started, Instant.now()).toMillis();
    assertThat(done).isEqualTo(TRANSACTIONS);
    LOG.log(
        System.Logger.Level.INFO,
        "{0} racing transactions and {1} answers in {2} ms: {3} a second",
        done,
        given.size(),
        millis,
        done * 1000L / millis);
  }

  @AfterAll
  void end() {
    threads.shutdownNow();
  }

  private int write(int thread) {
    Random random = new Random(thread);
    int done = 0;
    while (done < TRANSACTIONS / THREADS) {
      String amount = BigDecimal.valueOf(random.nextInt(1, 100_000), 3).toPlainString();
      long other = accounts.get(2 + random.nextInt(2));
      switch (random.nextInt(4)) {
        case 0 -> bank.deposit(other, amount).expect(200);
        case 1 -> bank.withdraw(other, amount).expect(200);
        case 2 -> bank.transfer(accounts.get(0), accounts.get(1), amount).expect(200);
        default -> bank.transfer(accounts.get(1), accounts.get(0), amount).expect(200);
      }
      done++;
    }
    return done;
  }

  /** Asks for states as of instants that have just passed, while the race goes on. */
  private Map<String, Answer> ask(AtomicBoolean racing) {
    Map<String, Answer> answers = new HashMap<>();
    while (racing.get()) {
      String page = "/audit/types/Account?limit=1000&asOf=%s".formatted(database.now());
      answers.put(page, reader.get(page).expect(200));
      String one = "/audit/types/Account/%d?asOf=%s".formatted(accounts.get(0), database.now());
      answers.put(one, reader.get(one).expect(200));
    }
    return answers;
  }

  @Test
  void an_answer_given_during_the_race_never_changes() {
    assertThat(given).hasSizeGreaterThan(20);

    List<String> changed =
        given.entrySet().stream()
            .filter(each -> !reader.get(each.getKey()).body().equals(each.getValue().body()))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(changed).isEmpty();
  }

  @Test
  void no_answer_given_during_the_race_shows_half_a_transfer() {
    List<BigDecimal> sums =
        given.entrySet().stream()
            .filter(each -> each.getKey().contains("limit="))
            .map(each -> sum(each.getValue()))
            .toList();

    assertThat(sums).isNotEmpty().allSatisfy(sum -> assertThat(sum).isEqualByComparingTo(twice()));
  }

  @Test
  void every_transaction_is_recorded_with_its_stamp_never_earlier_than_the_one_before() {
    List<Row> events = events();

    assertThat(events.stream().filter(Row::isDuringTheRace).map(Row::transaction).distinct())
        .hasSize(TRANSACTIONS);
    for (long account : accounts) {
      List<Instant> stamps =
          events.stream().filter(each -> each.isOf(account)).map(Row::timeCreated).toList();
      assertThat(stamps).isSorted();
    }
    assertThat(
            events.stream()
                .collect(
                    Collectors.groupingBy(
                        Row::transaction, Collectors.mapping(Row::timeCreated, Collectors.toSet())))
                .values())
        .allSatisfy(stamps -> assertThat(stamps).hasSize(1));
  }

  @Test
  void each_balance_is_the_one_before_plus_the_amount_of_the_same_transaction() {
    for (long account : accounts) {
      List<Row> events = events().stream().filter(each -> each.isOf(account)).toList();
      Map<Long, BigDecimal> amounts =
          events.stream()
              .filter(each -> each.operation().equals("domain"))
              .collect(Collectors.toMap(Row::transaction, row -> row.number("amount")));
      BigDecimal balance = BigDecimal.ZERO;
      for (Row event : events) {
        if (event.operation().equals("update")) {
          balance = balance.add(amounts.getOrDefault(event.transaction(), BigDecimal.ZERO));
          assertThat(event.number("balance")).as(event.toString()).isEqualByComparingTo(balance);
        }
      }
      assertThat(bank.balance(account)).isEqualByComparingTo(balance);
    }
  }

  @Test
  void at_every_instant_the_sum_of_the_transfer_pair_is_the_same() {
    Map<Instant, Map<String, BigDecimal>> changes = new TreeMap<>();
    for (Row event : events()) {
      if (event.operation().equals("update")
          && (event.isOf(accounts.get(0)) || event.isOf(accounts.get(1)))) {
        changes
            .computeIfAbsent(event.timeCreated(), each -> new HashMap<>())
            .put(event.object(), event.number("balance"));
      }
    }

    Map<String, BigDecimal> balances = new HashMap<>();
    changes.forEach(
        (instant, changed) -> {
          balances.putAll(changed);
          if (!instant.isBefore(begin)) {
            assertThat(balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("at %s", instant)
                .isEqualByComparingTo(twice());
          }
        });
  }

  @Test
  void the_rebuilt_sum_of_the_transfer_pair_is_the_same_at_instants_of_events() {
    List<Instant> instants =
        events().stream().filter(Row::isDuringTheRace).map(Row::timeCreated).distinct().toList();
    Random random = new Random(7);

    for (int i = 0; i < ANSWERS; i++) {
      Instant instant = instants.get(random.nextInt(instants.size()));
      assertThat(bank.balance(accounts.get(0), instant).add(bank.balance(accounts.get(1), instant)))
          .as("at %s", instant)
          .isEqualByComparingTo(twice());
    }
  }

  @Test
  void deposits_deletions_and_restores_racing_on_one_account_leave_history_and_table_equal()
      throws InterruptedException, ExecutionException {
    long account = bank.createAccount();
    bank.deposit(account, OPENING).expect(200);
    Instant alive = database.now();

    List<Callable<Map<Integer, Long>>> racers =
        IntStream.range(0, THREADS)
            .<Callable<Map<Integer, Long>>>mapToObj(i -> () -> meddle(i, account, alive))
            .toList();
    TreeMap<Integer, Long> answers = new TreeMap<>();
    for (Future<Map<Integer, Long>> racer : threads.invokeAll(racers)) {
      racer.get().forEach((status, count) -> answers.merge(status, count, Long::sum));
    }

    LOG.log(System.Logger.Level.INFO, "Meddling was answered with {0}", answers);
    assertThat(answers.keySet()).isSubsetOf(200, 204, 404, 409);
    assertThat(answers).containsKeys(200, 204);
    assertLegalSequence(bank.events(account));
    assertHistoryShowsTheTable(account);
    bank.restore(account, alive).expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo(OPENING);
    assertHistoryShowsTheTable(account);
  }

  private Map<Integer, Long> meddle(int thread, long account, Instant alive) {
    Random random = new Random(thread);
    return IntStream.range(0, 25)
        .mapToObj(
            i ->
                switch (random.nextInt(4)) {
                  case 0 -> bank.delete(account);
                  case 1 -> bank.deposit(account, "1");
                  default -> bank.restore(account, alive);
                })
        .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
  }

  /** What does not exist is created, what exists is changed or removed; each change follows on. */
  private static void assertLegalSequence(List<JsonObject> events) {
    JsonValue balance = JsonValue.NULL;
    for (JsonObject event : events) {
      boolean exists = balance != JsonValue.NULL;
      String operation = event.getString("operation");
      assertThat(operation)
          .isIn(exists ? List.of("update", "remove", "domain") : List.of("persist", "domain"));
      for (JsonObject change : event.getJsonArray("changes").getValuesAs(JsonObject.class)) {
        if (change.getString("attribute").equals("balance")) {
          assertThat(change.get("old")).as(event.toString()).isEqualTo(balance);
          balance = change.getOrDefault("new", JsonValue.NULL);
        }
      }
    }
  }

  private void assertHistoryShowsTheTable(long account) {
    Answer history = bank.state(account);
    Answer table = bank.get(account);
    assertThat(history.status()).isEqualTo(table.status() == 404 ? 410 : 200);
    if (table.status() == 200) {
      assertThat(bank.balance(account, database.now())).isEqualByComparingTo(bank.balance(account));
      assertThat(history.json().getJsonObject("state").get("version"))
          .isEqualTo(table.json().get("version"));
    }
  }

  private static BigDecimal twice() {
    return new BigDecimal(OPENING).add(new BigDecimal(OPENING));
  }

  private BigDecimal sum(Answer page) {
    return page.items().stream()
        .filter(item -> accounts.subList(0, 2).contains(Long.valueOf(item.getString("id"))))
        .map(item -> item.getJsonObject("state").getJsonNumber("balance").bigDecimalValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private List<Row> events() {
    return database.rows(
        """
        select e.transaction_id, e.time_created, e.object_id, e.operation, e.body,
          e.time_created > ?::timestamptz
        from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
        where c.name = 'Account' and e.object_id = any (?::text[])
          and e.time_created <= ?::timestamptz
        order by e.id
        """,
        row ->
            new Row(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                Countries.object(row.getString(5)),
                row.getBoolean(6)),
        begin.toString(),
        accounts.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")),
        end.toString());
  }

  /** An event of one of the accounts, in position order. */
  private record Row(
      long transaction,
      Instant timeCreated,
      String object,
      String operation,
      JsonObject body,
      boolean isDuringTheRace) {
    boolean isOf(long account) {
      return object.equals(Long.toString(account));
    }

    BigDecimal number(String name) {
      JsonNumber number = body.getJsonNumber(name);
      return number == null ? BigDecimal.ZERO : number.bigDecimalValue();
    }
  }
}

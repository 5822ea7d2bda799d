package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankIT extends ServerIT {
  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void each_domain_event_reads_as_the_bank_wrote_it() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    bank.deposit(account, "50").expect(200);
    bank.deposit(account, "125").expect(200);
    bank.withdraw(account, "75").expect(200);

    List<JsonObject> domain =
        reader
            .get("/audit/types/Account/%d/events?operation=domain".formatted(account))
            .expect(200)
            .items();

    assertThat(domain)
        .extracting(event -> event.getJsonObject("body").toString())
        .containsExactly(
            "{\"type\":\"created_account\",\"id\":%d,\"owner_id\":%d}".formatted(account, owner),
            "{\"type\":\"made_deposit\",\"amount\":50.0}",
            "{\"type\":\"made_deposit\",\"amount\":125.0}",
            "{\"type\":\"made_withdrawal\",\"amount\":-75.0}");
    assertThat(bank.balance(account)).isEqualByComparingTo("100");
  }

  @Test
  void the_raw_answer_holds_each_domain_event_to_the_letter() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);

    String answer = reader.get("/audit/types/Account/%d/events".formatted(account)).body();

    assertThat(answer).contains("\"body\":{\"type\":\"made_deposit\",\"amount\":50.0}");
  }

  @Test
  void a_state_between_two_changes_is_as_it_was_then() {
    long account = bank.createAccount();
    Instant created = database.now();
    bank.deposit(account, "50").expect(200);
    Instant first = database.now();
    bank.deposit(account, "125").expect(200);
    Instant second = database.now();
    bank.withdraw(account, "75").expect(200);

    assertThat(bank.balance(account, created)).isEqualByComparingTo("0");
    assertThat(bank.balance(account, first)).isEqualByComparingTo("50");
    assertThat(bank.balance(account, second)).isEqualByComparingTo("175");
    assertThat(bank.balance(account, database.now())).isEqualByComparingTo("100");
  }

  @Test
  void a_state_as_of_the_instant_of_an_event_includes_it_and_a_microsecond_earlier_does_not() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    List<JsonObject> events = bank.events(account);
    Instant deposited = Instant.parse(events.get(events.size() - 1).getString("timeCreated"));

    assertThat(bank.balance(account, deposited)).isEqualByComparingTo("50");
    assertThat(bank.balance(account, deposited.minusNanos(1000))).isEqualByComparingTo("0");
  }

  @Test
  void events_tell_what_each_change_changed() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    bank.withdraw(account, "20.5").expect(200);

    List<String> balances =
        bank.events(account).stream()
            .flatMap(event -> event.getJsonArray("changes").getValuesAs(JsonObject.class).stream())
            .filter(change -> change.getString("attribute").equals("balance"))
            .map(change -> change.get("old") + " to " + change.get("new"))
            .toList();

    assertThat(balances)
        .containsExactly("null to 0.000000", "0.000000 to 50.000000", "50.000000 to 29.500000");
  }

  @Test
  void events_of_one_transaction_share_its_stamp_and_state_comes_before_its_domain_event() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);

    List<JsonObject> events = bank.events(account);

    assertThat(events)
        .extracting(event -> event.getString("operation"))
        .containsExactly("persist", "domain", "update", "domain");
    assertThat(events.get(2).get("transaction")).isEqualTo(events.get(3).get("transaction"));
    assertThat(events.get(2).get("timeCreated")).isEqualTo(events.get(3).get("timeCreated"));
    assertThat(events.get(1).get("transaction")).isNotEqualTo(events.get(2).get("transaction"));
  }

  @Test
  void who_why_and_for_which_request_is_recorded() {
    long account = bank.createAccount();
    bank.deposit(
            account,
            "50",
            "Audit-Reason",
            "cash at counter 3",
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .expect(200);

    List<JsonObject> events = bank.events(account);

    for (JsonObject event : events.subList(2, 4)) {
      assertThat(event.getString("actor")).isEqualTo("teller");
      assertThat(event.getString("reason")).isEqualTo("cash at counter 3");
      assertThat(event.getString("correlationId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }
    assertThat(events.get(0).get("reason")).isEqualTo(JsonValue.NULL);
    assertThat(events.get(0).get("correlationId")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void a_malformed_traceparent_is_ignored() {
    long account = bank.createAccount();
    bank.deposit(account, "50", "traceparent", "00-zz-00-01").expect(200);

    assertThat(bank.events(account).get(2).get("correlationId")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void a_reason_too_long_is_refused_and_nothing_changes() {
    long account = bank.createAccount();

    bank.deposit(account, "50", "Audit-Reason", "x".repeat(1001)).problem(400);

    assertThat(bank.balance(account)).isEqualByComparingTo("0");
  }

  @Test
  void a_deleted_account_comes_back_with_its_id_and_its_money() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    Instant alive = database.now();
    bank.delete(account).expect(204);
    bank.get(account).problem(404, "unknown-object");
    bank.state(account).problem(410, "removed-object");

    JsonObject restored = bank.restore(account, alive).expect(200).json();

    assertThat(restored.getString("id")).isEqualTo(Long.toString(account));
    assertThat(restored.getBoolean("dryRun")).isFalse();
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    JsonObject last = last(bank.events(account));
    assertThat(last.getString("operation")).isEqualTo("persist");
    assertThat(last.getString("actor")).isEqualTo("restorer");
    assertThat(last.getString("reason")).isEqualTo("after an accident");
    assertThat(last.getInt("position")).isEqualTo(restored.getInt("position"));
  }

  @Test
  void restoring_an_account_that_exists_is_one_more_change() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    Instant fifty = database.now();
    bank.deposit(account, "125").expect(200);
    int before = bank.events(account).size();

    JsonObject restored = bank.restore(account, fifty).expect(200).json();

    assertThat(restored.getJsonArray("changes").getJsonObject(0).getString("attribute"))
        .isEqualTo("balance");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    List<JsonObject> events = bank.events(account);
    assertThat(events).hasSize(before + 1);
    assertThat(last(events).getString("operation")).isEqualTo("update");
    assertThat(last(events).getJsonObject("body").keySet()).contains("balance");
  }

  @Test
  void restoring_what_is_already_so_changes_nothing() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    List<JsonObject> before = bank.events(account);

    JsonObject restored = bank.restore(account, database.now()).expect(200).json();

    assertThat(restored.getJsonArray("changes")).isEmpty();
    assertThat(bank.events(account)).isEqualTo(before);
  }

  @Test
  void a_dry_run_tells_what_would_change_and_changes_nothing() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    Instant fifty = database.now();
    bank.deposit(account, "125").expect(200);
    List<JsonObject> before = bank.events(account);

    JsonObject told = bank.tryRestore(account, fifty).expect(200).json();

    assertThat(told.getBoolean("dryRun")).isTrue();
    assertThat(told.getJsonArray("changes").toString())
        .contains("\"attribute\":\"balance\",\"old\":175.000000,\"new\":50.000000");
    assertThat(bank.events(account)).isEqualTo(before);
    assertThat(bank.balance(account)).isEqualByComparingTo("175");
    assertThat(bank.restore(account, fifty).expect(200).json().get("changes"))
        .isEqualTo(told.get("changes"));
  }

  @Test
  void restoring_with_a_stale_etag_is_refused_and_with_the_present_one_done() {
    long account = bank.createAccount();
    Instant empty = database.now();
    String stale = bank.state(account).expect(200).header("ETag");
    bank.deposit(account, "50").expect(200);

    JsonObject problem =
        bank.restore(account, empty, "If-Match", stale).problem(412, "precondition-failed");
    assertThat(problem.getInt("actual")).isGreaterThan(problem.getInt("expected"));
    assertThat(bank.balance(account)).isEqualByComparingTo("50");

    String present = bank.state(account).expect(200).header("ETag");
    bank.restore(account, empty, "If-Match", present).expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("0");
  }

  @Test
  void one_of_several_etags_has_to_be_the_present_one() {
    long account = bank.createAccount();
    Instant empty = database.now();
    String stale = bank.state(account).expect(200).header("ETag");
    bank.deposit(account, "50").expect(200);
    String present = bank.state(account).expect(200).header("ETag");

    for (String tags : List.of(stale + ", \"x\"", "W/" + present, "\"x\"", "W/\"1\"")) {
      bank.restore(account, empty, "If-Match", tags).problem(412, "precondition-failed");
    }
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    bank.restore(account, empty, "If-Match", stale + ", " + present).expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("0");
    bank.restore(account, empty, "If-Match", stale, "If-Match", bank.state(account).header("ETag"))
        .expect(200);
  }

  @Test
  void any_etag_is_that_of_an_object_that_exists() {
    long account = bank.createAccount();
    Instant alive = database.now();
    bank.restore(account, alive, "If-Match", "*").expect(200);
    bank.delete(account).expect(204);

    bank.restore(account, alive, "If-Match", "*").problem(412, "precondition-failed");
    bank.get(account).problem(404, "unknown-object");
    bank.restore(account, alive).expect(200);
  }

  @Test
  void what_changes_many_objects_has_no_etag_to_match() {
    long account = bank.createAccount();
    int transaction = bank.events(account).get(0).getInt("transaction");
    String undo = "/audit/transactions/%d/undo".formatted(transaction);

    for (String header : List.of("If-Match", "If-None-Match")) {
      for (String path : List.of("/audit/types/Account/restore", undo)) {
        JsonObject problem =
            restorer
                .post(path, BankClient.request(database.now(), true), header, "\"1\"")
                .problem(400, "malformed-parameter");
        assertThat(problem.getString("parameter")).isEqualTo(header);
      }
    }
  }

  @Test
  void what_must_not_exist_is_restored_only_if_it_is_gone() {
    long account = bank.createAccount();
    Instant alive = database.now();
    bank.deposit(account, "50").expect(200);

    bank.restore(account, alive, "If-None-Match", "*").problem(412, "precondition-failed");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    bank.delete(account).expect(204);
    bank.restore(account, alive, "If-None-Match", "*").expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("0");
  }

  @Test
  void none_of_the_etags_may_be_the_present_one() {
    long account = bank.createAccount();
    Instant empty = database.now();
    String stale = bank.state(account).expect(200).header("ETag");
    bank.deposit(account, "50").expect(200);
    String present = bank.state(account).expect(200).header("ETag");

    for (String tags : List.of(present, stale + ", " + present, "W/" + present)) {
      bank.restore(account, empty, "If-None-Match", tags).problem(412, "precondition-failed");
    }
    bank.restore(account, empty, "If-Match", present, "If-None-Match", present)
        .problem(412, "precondition-failed");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    bank.restore(account, empty, "If-Match", present, "If-None-Match", stale + ", \"x\"")
        .expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("0");
  }

  @Test
  void one_etag_is_of_the_same_bytes() {
    long account = bank.createAccount();
    Instant then = database.now();
    Answer present = bank.state(account).expect(200);

    Answer again = bank.state(account).expect(200);
    Answer past = bank.state(account, then).expect(200);

    assertThat(present.json().get("asOf")).isEqualTo(JsonValue.NULL);
    assertThat(again.header("ETag")).isEqualTo(present.header("ETag"));
    assertThat(again.body()).isEqualTo(present.body());
    assertThat(past.header("ETag")).isNotEqualTo(present.header("ETag"));
    bank.restore(account, then, "If-Match", past.header("ETag")).expect(200);
  }

  @Test
  void a_present_state_with_what_it_refers_to_keeps_its_etag_until_it_changes() {
    long account = bank.createAccount();
    String path = "/audit/types/Account/%d?expand=owner".formatted(account);
    Answer first = reader.get(path).expect(200);
    JsonObject expanded = first.json().getJsonObject("expanded").getJsonObject("owner");

    assertThat(first.json().get("asOf")).isEqualTo(JsonValue.NULL);
    assertThat(expanded.get("asOf")).isEqualTo(JsonValue.NULL);
    assertThat(reader.get(path).expect(200).body()).isEqualTo(first.body());
    reader.get(path, "If-None-Match", first.header("ETag")).expect(304);
    reader.send("HEAD", path, null, "If-None-Match", first.header("ETag")).expect(304);
    bank.deposit(account, "50").expect(200);
    reader.get(path, "If-None-Match", first.header("ETag")).expect(200);
  }

  @Test
  void a_state_unchanged_since_the_etag_is_not_sent_again() {
    long account = bank.createAccount();
    String tag = bank.state(account).expect(200).header("ETag");

    Answer answer = reader.get("/audit/types/Account/" + account, "If-None-Match", tag);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void an_account_cannot_be_restored_to_before_it_existed_nor_to_after_it_was_removed() {
    long owner = bank.createOwner("Ada");
    Instant before = database.now();
    long account = bank.createAccount(owner);
    bank.delete(account).expect(204);
    Instant after = database.now();

    bank.restore(account, before).problem(404, "unknown-object");
    bank.restore(account, after).problem(410, "removed-object");
    bank.state(account, before).problem(404, "unknown-object");
    bank.state(account, after).problem(410, "removed-object");
  }

  @Test
  void after_truncate_all_accounts_come_back_with_their_ids() {
    long first = bank.createAccount();
    long second = bank.createAccount();
    bank.deposit(first, "50").expect(200);
    bank.deposit(second, "0.000001").expect(200);
    String before = teller.get("/bank/accounts").body();
    Instant alive = database.now();

    database.execute("truncate account cascade");
    bank.get(first).problem(404, "unknown-object");
    assertThat(teller.get("/bank/accounts").array()).isEmpty();

    bank.restoreAll(alive).expect(200);

    assertThat(withoutVersions(teller.get("/bank/accounts").body()))
        .isEqualTo(withoutVersions(before));
  }

  @Test
  void after_drop_table_all_accounts_come_back_and_a_new_one_gets_a_new_id() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    String before = teller.get("/bank/accounts").body();
    Instant alive = database.now();

    database.execute("drop table account");
    database.execute(Resources.text("/liquibase/bank/0002-account.sql"));
    bank.get(account).problem(404, "unknown-object");
    bank.restoreAll(alive).expect(200);

    assertThat(withoutVersions(teller.get("/bank/accounts").body()))
        .isEqualTo(withoutVersions(before));
    long created = bank.createAccount();
    assertThat(created).isGreaterThan(account);
    bank.deposit(created, "1").expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void an_account_whose_owner_is_missing_cannot_be_restored_until_the_owner_is() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    bank.deposit(account, "50").expect(200);
    Instant alive = database.now();
    database.execute("delete from account where id = " + account);
    database.execute("delete from owner where id = " + owner);

    JsonObject problem = bank.restore(account, alive).problem(409, "missing-reference");
    assertThat(problem.getJsonArray("conflicts").toString())
        .contains("Account/%d refers to Owner %d, which".formatted(account, owner));
    bank.get(account).problem(404, "unknown-object");
    bank.restoreAll(alive).problem(409, "missing-reference");

    restorer
        .post("/audit/types/Owner/%d/restore".formatted(owner), BankClient.request(alive, false))
        .expect(200);
    bank.restore(account, alive).expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    assertThat(bank.get(account).json().getInt("owner")).isEqualTo((int) owner);
  }

  @Test
  void an_overdraft_is_refused_and_leaves_no_event() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    List<JsonObject> before = bank.events(account);

    bank.withdraw(account, "50.01").problem(409, "conflict");

    assertThat(bank.events(account)).isEqualTo(before);
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void a_refused_transfer_changes_neither_account() {
    long from = bank.createAccount();
    long to = bank.createAccount();
    bank.deposit(from, "50").expect(200);
    List<JsonObject> before = bank.events(to);

    bank.transfer(from, to, "50.01").problem(409, "conflict");

    assertThat(bank.events(to)).isEqualTo(before);
    assertThat(bank.balance(from)).isEqualByComparingTo(new BigDecimal("50"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update palimpsest.event set actor = 'nobody'",
        "delete from palimpsest.event",
        "truncate palimpsest.event",
        "update palimpsest.event_default set actor = 'nobody'",
        "delete from palimpsest.event_default",
        "truncate palimpsest.event_default",
        "update palimpsest.PARTITION set actor = 'nobody'",
        "delete from palimpsest.PARTITION",
        "truncate palimpsest.PARTITION",
        "insert into palimpsest.PARTITION select * from palimpsest.event limit 0",
        "drop table palimpsest.event",
        "alter table palimpsest.event disable trigger all",
        "alter table palimpsest.event detach partition palimpsest.PARTITION",
        "delete from palimpsest.content_type",
        "update palimpsest.content_type set name = 'x'",
        "create table palimpsest.other (id int)",
      })
  void the_application_may_not_change_history(String sql) {
    assertThatThrownBy(() -> database.execute(sql.replace("PARTITION", partition())))
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "event_default", "PARTITION"})
  void not_even_the_owner_may_change_events(String table) {
    String name = "palimpsest." + table.replace("PARTITION", partition());

    for (String sql :
        List.of(
            "update %s set actor = 'nobody'".formatted(name),
            "delete from " + name,
            "truncate " + name)) {
      assertThatThrownBy(() -> Database.owner().execute(sql))
          .hasMessageContaining("palimpsest.event is append-only");
    }
  }

  private String partition() {
    return database
        .rows(
            "select tableoid::regclass::text from palimpsest.event order by id desc limit 1",
            row -> row.getString(1).replace("palimpsest.", ""))
        .get(0);
  }

  /** A request that cannot be answered. */
  record Case(String user, String method, String path, String body, int status, String type) {
    static Case get(String path, int status, String type) {
      return new Case("reader", "GET", path, "", status, type);
    }

    static Case restore(String path, String body, int status, String type) {
      return new Case("restorer", "POST", path, body, status, type);
    }

    static Case bank(String path, String body, int status, String type) {
      return new Case("teller", "POST", path, body, status, type);
    }
  }

  static Stream<Case> malformed() {
    String one = "/audit/types/Account/1/restore";
    String all = "/audit/types/Account/restore";
    String then = "\"asOf\":\"2026-01-01T00:00:00Z\"";
    return Stream.of(
        Case.get("/audit/types/Nothing", 404, "unknown-type"),
        Case.get("/audit/types/account", 404, "unknown-type"),
        Case.get("/audit/types/Nothing/1", 404, "unknown-type"),
        Case.get("/audit/types/Nothing/1/events", 404, "unknown-type"),
        Case.get("/audit/types/Account/999999999", 404, "unknown-object"),
        Case.get("/audit/types/Account/999999999/events", 404, "unknown-object"),
        Case.get("/audit/types/Account/x", 404, "unknown-object"),
        Case.get("/audit/types/Account/%F0%9F%92%A9", 404, "unknown-object"),
        Case.get("/audit/types/Account/1?asOf=yesterday", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1?asOf=", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1?asOf=2026-01-01", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1?asOf=2026-01-01T00:00:00", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?asOf=2026-02-30T00:00:00Z", 400, "malformed-parameter"),
        Case.get(
            "/audit/types/Account?asOf=2026-01-01T00:00:00.0000001Z", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?asOf=-0001-01-01T00:00:00Z", 400, "malformed-parameter"),
        Case.get(
            "/audit/types/Account?asOf=%2B999999999-12-31T23:59:59Z", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?asOf=9999-12-31T23:59:59Z", 400, "future-instant"),
        Case.get("/audit/types/Account?limit=0", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?limit=-1", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?limit=1001", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?limit=ten", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?limit=99999999999999999999", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?nothing=1", 400, "malformed-parameter"),
        Case.get("/audit/types/Account?orderBy=nothing", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1/events?after=x", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1/events?after=-1", 400, "malformed-parameter"),
        Case.get("/audit/types/Account/1/events?operation=x", 400, "malformed-parameter"),
        Case.restore(one, "", 400, "malformed-body"),
        Case.restore(one, "nonsense", 400, "malformed-body"),
        Case.restore(one, "[]", 400, "malformed-body"),
        Case.restore(one, "null", 400, "malformed-body"),
        Case.restore(one, "{}", 400, "malformed-body"),
        Case.restore(one, "{" + then + "}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":\"\"}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":\" \"}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":7}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":\"\\u0000\"}", 400, "malformed-body"),
        Case.restore(
            one, "{" + then + ",\"reason\":\"" + "x".repeat(1001) + "\"}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"position\":1,\"reason\":\"x\"}", 400, "malformed-body"),
        Case.restore(one, "{\"position\":0,\"reason\":\"x\"}", 400, "malformed-body"),
        Case.restore(one, "{\"position\":1.5,\"reason\":\"x\"}", 400, "malformed-body"),
        Case.restore(
            one, "{" + then + ",\"reason\":\"x\",\"dryRun\":\"yes\"}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":\"x\",\"more\":1}", 400, "malformed-body"),
        Case.restore(one, "{" + then + ",\"reason\":\"x\"} x", 400, "malformed-body"),
        Case.restore(one, "{\"asOf\":\"today\",\"reason\":\"x\"}", 400, "malformed-parameter"),
        Case.restore(
            one, "{\"asOf\":\"9999-01-01T00:00:00Z\",\"reason\":\"x\"}", 400, "future-instant"),
        Case.restore(all, "{\"position\":1,\"reason\":\"x\"}", 400, "malformed-body"),
        Case.restore(all, "{\"reason\":\"x\"}", 400, "malformed-body"),
        Case.restore(
            "/audit/types/Nothing/restore", "{" + then + ",\"reason\":\"x\"}", 404, "unknown-type"),
        Case.restore(
            "/audit/types/Nothing/1/restore",
            "{" + then + ",\"reason\":\"x\"}",
            404,
            "unknown-type"),
        Case.restore(
            "/audit/types/Account/x/restore",
            "{" + then + ",\"reason\":\"x\"}",
            404,
            "unknown-object"),
        Case.bank("/bank/owners", "", 400, "malformed-body"),
        Case.bank("/bank/owners", "{}", 400, "malformed-body"),
        Case.bank("/bank/owners", "{\"name\":\"\"}", 400, "malformed-body"),
        Case.bank("/bank/owners", "{\"name\":null}", 400, "malformed-body"),
        Case.bank("/bank/owners", "{\"name\":\"a\",\"name\":\"b\"}", 400, "malformed-body"),
        Case.bank("/bank/accounts", "{\"owner\":999999999}", 400, "malformed-body"),
        Case.bank("/bank/accounts", "{\"owner\":\"1\"}", 400, "malformed-body"),
        Case.bank("/bank/accounts", "{\"owner\":1e999999999}", 400, "malformed-body"),
        Case.bank("/bank/accounts/1/deposits", "{\"amount\":0}", 400, "malformed-body"),
        Case.bank("/bank/accounts/1/deposits", "{\"amount\":-1}", 400, "malformed-body"),
        Case.bank("/bank/accounts/1/deposits", "{\"amount\":0.0000001}", 400, "malformed-body"),
        Case.bank("/bank/accounts/1/deposits", "{\"amount\":1e999999999}", 400, "malformed-body"),
        Case.bank("/bank/accounts/1/deposits", "{\"amount\":NaN}", 400, "malformed-body"),
        Case.bank("/bank/accounts/999999999/deposits", "{\"amount\":1}", 404, "unknown-object"),
        Case.bank("/bank/accounts/x/deposits", "{\"amount\":1}", 404, "not-found"),
        Case.bank("/bank/transfers", "{\"from\":1,\"to\":1,\"amount\":1}", 400, "malformed-body"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_cannot_be_answered_is_a_problem(Case each) {
    Answer answer =
        http.as(each.user())
            .send(each.method(), each.path(), each.method().equals("POST") ? each.body() : null);

    JsonObject problem = answer.problem(each.status());
    assertThat(problem.getString("type")).endsWith(each.type());
    if (each.type().equals("malformed-parameter")) {
      assertThat(problem.getString("parameter")).isNotEmpty();
    }
  }

  /** It does not reach the application. */
  @Test
  void a_path_that_the_server_itself_refuses_is_answered_without_a_word() {
    assertThat(reader.get("/audit/types/Account/%00").expect(400).body()).isEmpty();
  }

  @Test
  void a_malformed_etag_is_a_problem() {
    long account = bank.createAccount();

    for (String tag : List.of("1", "\"x", "\"1\" \"2\"", "*, \"1\"", "")) {
      for (String header : List.of("If-Match", "If-None-Match")) {
        JsonObject problem =
            bank.restore(account, database.now(), header, tag).problem(400, "malformed-parameter");
        assertThat(problem.getString("parameter")).isEqualTo(header);
      }
    }
  }

  @Test
  void another_media_type_is_a_problem() {
    teller
        .sendAs("POST", "/bank/owners", "name=Ada", "application/x-www-form-urlencoded")
        .problem(415, "unsupported-media-type");
    restorer
        .sendAs("POST", "/audit/types/Account/restore", "<x/>", "application/xml")
        .problem(415, "unsupported-media-type");
    reader.get("/audit/types", "Accept", "image/png").problem(406, "not-acceptable");
  }

  @Test
  void a_body_too_large_is_a_problem() {
    String name = "x".repeat(70_000);

    teller.post("/bank/owners", "{\"name\":\"%s\"}".formatted(name)).problem(413, "too-large");
  }

  private static JsonObject last(List<JsonObject> events) {
    return events.get(events.size() - 1);
  }

  /** A restored row is a new row: its version is the library's to choose. */
  private static String withoutVersions(String accounts) {
    return accounts.replaceAll("\"version\":[0-9]+", "");
  }
}

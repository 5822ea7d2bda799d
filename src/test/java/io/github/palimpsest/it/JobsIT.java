package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Restores and undos in the background: how far they are, how they end, and who may know. */
class JobsIT extends ServerIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void a_restore_that_need_not_be_waited_for_is_done_in_a_job() {
    long account = account("50");
    Instant then = database.now();
    bank.deposit(account, "5").expect(200);

    Answer accepted =
        restorer
            .post(
                "/audit/types/Account/restore",
                body(then, account),
                "Prefer",
                "return=minimal, Respond-Async; x=1",
                "traceparent",
                "00-%s-b7ad6b7169203331-01".formatted(TRACE))
            .expect(202);

    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(accepted.header("Location")).isEqualTo(path(accepted));
    JsonObject done = ended(path(accepted), "done");
    assertThat(done.getJsonObject("result").getInt("changed")).isEqualTo(1);
    assertThat(done.getInt("done")).isEqualTo(done.getInt("total")).isEqualTo(1);
    assertThat(done.getString("startedBy")).isEqualTo("restorer");
    assertThat(done.getJsonObject("request").getString("reason")).isEqualTo("in the night");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    JsonObject event = bank.events(account).get(bank.events(account).size() - 1);
    assertThat(event.getString("actor")).isEqualTo("restorer");
    assertThat(event.getString("reason")).isEqualTo("in the night");
    assertThat(event.getString("correlationId")).isEqualTo(TRACE);
  }

  @Test
  void a_job_that_is_cancelled_changes_nothing_and_can_be_resumed() throws SQLException {
    long account = account("50");
    Instant then = database.now();
    bank.deposit(account, "5").expect(200);

    String job;
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from account where id = %d for update".formatted(account));
      job = start(then, account);
      Eventually.await("the restore", () -> state(job).equals("running"));
      assertThat(restorer.get(job).header("Retry-After")).isNotEmpty();
      restorer.post(job + "/resume", "{}").problem(409, "conflict");
      assertThat(restorer.delete(job).expect(202).json().getBoolean("cancelRequested")).isTrue();
      other.rollback();
    }

    assertThat(ended(job, "cancelled").get("result")).isEqualTo(JsonValue.NULL);
    assertThat(bank.balance(account)).isEqualByComparingTo("55");
    restorer.delete(job).problem(409, "conflict");

    restorer.post(job + "/resume", "{}").expect(202);
    ended(job, "done");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    restorer.post(job + "/resume", "{}").problem(409, "conflict");
  }

  @Test
  void two_jobs_run_at_a_time_and_the_others_wait_their_turn() throws SQLException {
    long account = account("50");
    Instant then = database.now();
    bank.deposit(account, "5").expect(200);

    List<String> jobs = new ArrayList<>();
    String unwanted;
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from account where id = %d for update".formatted(account));
      jobs.add(start(then, account));
      jobs.add(start(then, account));
      Eventually.await(
          "both restores", () -> jobs.stream().allMatch(job -> state(job).equals("running")));
      jobs.add(start(then, account));
      unwanted = start(then, account);
      assertThat(restorer.delete(unwanted).expect(202).json().getString("state"))
          .isEqualTo("cancelled");
      assertThat(state(jobs.get(2))).isEqualTo("queued");
      other.rollback();
    }

    jobs.forEach(job -> ended(job, "done"));
    assertThat(state(unwanted)).isEqualTo("cancelled");
  }

  @Test
  void a_job_whose_server_died_is_interrupted_until_it_is_resumed() {
    long account = account("50");
    Instant then = database.now();
    String job = start(then, account);
    ended(job, "done");
    bank.deposit(account, "5").expect(200);
    // what a server leaves behind that dies before it commits
    database.execute(
        "update palimpsest.job set state = 'running', ended_at = null, result = null where id = '%s'"
            .formatted(job.substring(job.lastIndexOf('/') + 1)));

    assertThat(state(job)).isEqualTo("interrupted");
    assertThat(restorer.get(job).header("Retry-After")).isEmpty();

    restorer.post(job + "/resume", "{}").expect(202);
    ended(job, "done");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void why_a_job_failed_is_told_as_it_would_have_been_at_once() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    Instant alive = database.now();
    teller.delete("/bank/accounts/" + account).expect(204);
    database.execute("delete from owner where id = " + owner);

    JsonObject failed = ended(start(alive, account), "failed");

    assertThat(failed.getJsonObject("problem").getString("type"))
        .isEqualTo("/problems/missing-reference");
    assertThat(failed.getJsonObject("problem").get("missing"))
        .hasToString("[\"Owner/%d\"]".formatted(owner));
    bank.get(account).problem(404, "unknown-object");
  }

  @Test
  void an_undo_runs_in_a_job_too() {
    long account = account("50");
    bank.deposit(account, "5").expect(200);
    JsonObject last = bank.events(account).get(bank.events(account).size() - 1);
    long transaction = last.getJsonNumber("transaction").longValue();

    Answer accepted =
        restorer
            .post(
                "/audit/transactions/%d/undo".formatted(transaction),
                "{\"reason\":\"r\"}",
                "Prefer",
                "respond-async")
            .expect(202);

    assertThat(ended(path(accepted), "done").getString("kind")).isEqualTo("undo");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void jobs_are_for_who_started_them_and_for_administrators() {
    long account = account("50");
    String job = start(database.now(), account);
    ended(job, "done");
    Http admin = http.as("admin");
    String ofAdmin = path(post(admin, database.now(), account));

    assertThat(admin.get(job).expect(200).json().getString("id")).isNotEmpty();
    restorer.get(ofAdmin).problem(404, "unknown-job");
    restorer.delete(ofAdmin).problem(404, "unknown-job");
    reader.get(job).problem(403, "forbidden");
    http.get("/audit/jobs").problem(401, "unauthenticated");
    assertThat(restorer.get("/audit/jobs?limit=1000").items())
        .extracting(each -> each.getString("startedBy"))
        .containsOnly("restorer");
    JsonObject page = admin.get("/audit/jobs?limit=1").expect(200).json();
    assertThat(page.getJsonArray("items")).hasSize(1);
    assertThat(admin.get(page.getString("next")).items()).hasSize(1);
  }

  @Test
  void unknown_and_malformed_jobs_are_problems() {
    restorer.get("/audit/jobs/00000000-0000-0000-0000-000000000000").problem(404, "unknown-job");
    restorer.get("/audit/jobs/7").problem(400, "malformed-parameter");
    for (String after : List.of("x", "00000000-0000-0000-0000-000000000000")) {
      JsonObject problem =
          restorer.get("/audit/jobs?after=" + after).problem(400, "malformed-parameter");
      assertThat(problem.getString("detail")).startsWith("after ");
    }
    restorer
        .post("/audit/types/Account/restore", "{\"reason\":\"r\"}", "Prefer", "respond-async")
        .problem(400, "malformed-body");
  }

  private long account(String balance) {
    long account = bank.createAccount();
    bank.deposit(account, balance).expect(200);
    return account;
  }

  private String start(Instant asOf, long account) {
    return path(post(restorer, asOf, account));
  }

  private static Answer post(Http caller, Instant asOf, long account) {
    return caller
        .post("/audit/types/Account/restore", body(asOf, account), "Prefer", "respond-async")
        .expect(202);
  }

  private static String body(Instant asOf, long account) {
    return "{\"asOf\":\"%s\",\"reason\":\"in the night\",\"ids\":[\"%d\"]}"
        .formatted(asOf, account);
  }

  private static String path(Answer accepted) {
    return "/audit/jobs/" + accepted.json().getString("id");
  }

  private String state(String job) {
    return restorer.get(job).expect(200).json().getString("state");
  }

  private JsonObject ended(String job, String state) {
    Http admin = http.as("admin");
    Eventually.await(
        "the end of the job", () -> !admin.get(job).expect(200).json().isNull("timeEnded"));
    Answer answer = admin.get(job);
    assertThat(answer.json().getString("state")).as(answer.body()).isEqualTo(state);
    return answer.json();
  }
}

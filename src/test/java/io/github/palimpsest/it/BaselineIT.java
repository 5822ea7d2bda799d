package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BaselineIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong(7_000_000);
  private static final String PATH = "/audit/types/Note/baseline";
  private static final String REASON = "{\"reason\":\"history begins\"}";

  private final Http admin = http.as("admin");
  private final long note = LAST_NOTE.incrementAndGet();

  @Test
  void rows_that_were_there_before_get_their_state_once() {
    database.execute("insert into note values (%d, 'old', 1)".formatted(note));

    JsonObject answer = admin.post(PATH, REASON).expect(200).json();

    assertThat(answer.keySet()).containsExactly("type", "recorded");
    assertThat(answer.getString("type")).isEqualTo("Note");
    assertThat(answer.getInt("recorded")).isPositive();
    assertThat(admin.post(PATH, REASON).expect(200).json().getInt("recorded")).isZero();
    assertThat(reader.get("/audit/types/Note/" + note).expect(200).json().get("state"))
        .hasToString("{\"id\":%d,\"text\":\"old\",\"version\":1}".formatted(note));
  }

  @Test
  void the_event_tells_who_and_why() {
    database.execute("insert into note values (%d, 'old', 1)".formatted(note));

    admin.post(PATH, REASON).expect(200);

    assertThat(reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("operation")).isEqualTo("baseline");
              assertThat(event.getString("source")).isEqualTo("database");
              assertThat(event.getString("actor")).isEqualTo("admin");
              assertThat(event.getString("reason")).isEqualTo("history begins");
            });
  }

  @Test
  void a_reason_is_required() {
    admin.post(PATH, "{}").problem(400, "malformed-body");
    admin.post(PATH, "{\"reason\":\" \"}").problem(400, "malformed-body");
    admin.post(PATH, "{\"reason\":\"x\",\"more\":1}").problem(400, "malformed-body");
  }

  @Test
  void an_unknown_type_is_not_found() {
    admin.post("/audit/types/Nothing/baseline", REASON).problem(404, "unknown-type");
  }

  @Test
  void only_administrators_may() {
    restorer.post(PATH, REASON).problem(403, "forbidden");
  }

  @Test
  void its_progress_is_told() {
    database.execute("insert into note values (%d, 'old', 1)".formatted(note));
    admin.post(PATH, REASON).expect(200);

    JsonObject progress = admin.get(PATH).expect(200).json();

    assertThat(progress.keySet()).containsExactly("type", "running", "rows", "recorded");
    assertThat(progress.getBoolean("running")).isFalse();
    assertThat(progress.getInt("rows")).isPositive();
    assertThat(progress.getInt("recorded")).isPositive();
    admin.get("/audit/types/Nothing/baseline").problem(404, "unknown-type");
  }

  @Test
  void of_a_type_never_seen_before_is_recorded_at_startup() {
    String path = "/audit/types/Note/9000000";
    Eventually.await("the baseline", () -> reader.get(path).status() == 200);

    assertThat(reader.get(path + "/events").expect(200).items())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("operation")).isEqualTo("baseline");
              assertThat(event.getString("actor")).isEqualTo("system:palimpsest");
              assertThat(event.getString("reason"))
                  .isEqualTo("rows that were there before capture");
            });
    assertThat(
            database.number(
                "select count(*) from palimpsest.baseline_run where finished_at is not null"))
        .isPositive();
  }

  @Test
  void the_first_change_of_a_row_that_was_there_before_writes_its_own() {
    database.execute("insert into note values (%d, 'old', 1)".formatted(note));

    http.post("/notes/%d/at-once?text=new".formatted(note), "").expect(204);

    List<JsonObject> events =
        reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items();
    assertThat(events)
        .extracting(event -> event.getString("operation"))
        .containsExactly("baseline", "update");
    assertThat(events.get(0).get("body"))
        .hasToString("{\"id\":%d,\"text\":\"old\",\"version\":1}".formatted(note));
    assertThat(events.get(0).get("transaction")).isEqualTo(events.get(1).get("transaction"));
  }

  @Test
  void the_removal_of_a_row_that_was_there_before_writes_its_own() {
    int owner = teller.post("/bank/owners", "{\"name\":\"Ada\"}").expect(201).json().getInt("id");
    database.execute(
        "insert into account (owner_id, balance, version) values (%d, 5, 1)".formatted(owner));
    long account = database.number("select max(id) from account where owner_id = ?", (long) owner);

    teller.delete("/bank/accounts/" + account).expect(204);

    assertThat(reader.get("/audit/types/Account/%d/events".formatted(account)).expect(200).items())
        .extracting(event -> event.getString("operation"))
        .containsExactly("baseline", "remove");
  }
}

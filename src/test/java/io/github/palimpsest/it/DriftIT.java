package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong(8_000_000);
  private static final String DRIFT = "/audit/types/Note/drift";
  private static final String RECONCILE = "/audit/types/Note/reconcile";
  private static final String REASON = "{\"reason\":\"repaired by hand\"}";

  private final Http admin = http.as("admin");
  private final long note = LAST_NOTE.incrementAndGet();

  @BeforeEach
  void write() {
    http.post("/notes/%d?text=captured".formatted(note), "").expect(204);
    admin.post(RECONCILE, REASON).expect(200);
  }

  @Test
  void is_told_by_names_and_not_by_values() {
    database.execute("update note set text = 'secret' where id = " + note);

    Answer answer = admin.get(DRIFT).expect(200);

    JsonObject drift = answer.json();
    assertThat(drift.keySet())
        .containsExactly("type", "compared", "missing", "extra", "different", "items");
    assertThat(drift.getInt("compared")).isPositive();
    assertThat(drift.getInt("different")).isEqualTo(1);
    assertThat(answer.items())
        .singleElement()
        .hasToString(
            "{\"id\":\"%d\",\"kind\":\"different\",\"attributes\":[\"text\"]}".formatted(note));
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void is_reconciled_once_by_an_event_that_tells_who_and_why() {
    database.execute("update note set text = 'by SQL' where id = " + note);

    JsonObject dry = admin.post(RECONCILE, "{\"reason\":\"x\",\"dryRun\":true}").expect(200).json();
    JsonObject done = admin.post(RECONCILE, REASON).expect(200).json();
    JsonObject again = admin.post(RECONCILE, REASON).expect(200).json();

    assertThat(dry)
        .hasToString(
            "{\"type\":\"Note\",\"dryRun\":true,\"missing\":0,\"extra\":0,\"different\":1}");
    assertThat(done)
        .hasToString(
            "{\"type\":\"Note\",\"dryRun\":false,\"missing\":0,\"extra\":0,\"different\":1}");
    assertThat(again.getInt("different")).isZero();
    List<JsonObject> events =
        reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items();
    assertThat(events).hasSize(2);
    JsonObject event = events.get(1);
    assertThat(event.getString("operation")).isEqualTo("update");
    assertThat(event.getString("source")).isEqualTo("database");
    assertThat(event.getString("actor")).isEqualTo("admin");
    assertThat(event.getString("reason")).isEqualTo("repaired by hand");
    assertThat(event.getJsonObject("body")).hasToString("{\"text\":\"by SQL\"}");
  }

  @Test
  void is_told_in_pages() {
    database.execute(
        "insert into note select %d::bigint * 1000 + i, 'x', 1 from generate_series(1, 3) i"
            .formatted(note));

    Answer first = admin.get(DRIFT + "?limit=2").expect(200);
    Answer second = admin.get(first.json().getString("next")).expect(200);

    assertThat(first.json().getInt("extra")).isEqualTo(3);
    assertThat(first.header("Link")).endsWith("; rel=\"next\"");
    assertThat(first.items()).hasSize(2);
    assertThat(second.items()).hasSize(1);
    assertThat(second.json().containsKey("next")).isFalse();
  }

  @Test
  void needs_a_reason_to_be_reconciled() {
    admin.post(RECONCILE, "{}").problem(400, "malformed-body");
    admin.post(RECONCILE, "{\"reason\":\" \"}").problem(400, "malformed-body");
    admin.post(RECONCILE, "{\"reason\":\"x\",\"dryRun\":1}").problem(400, "malformed-body");
  }

  @Test
  void of_an_unknown_type_is_not_found() {
    admin.get("/audit/types/Nothing/drift").problem(404, "unknown-type");
    admin.post("/audit/types/Nothing/reconcile", REASON).problem(404, "unknown-type");
  }

  @Test
  void is_for_administrators() {
    restorer.get(DRIFT).problem(403, "forbidden");
    restorer.post(RECONCILE, REASON).problem(403, "forbidden");
  }

  @Test
  void of_a_malformed_page_is_refused() {
    admin.get(DRIFT + "?limit=0").problem(400, "malformed-parameter");
    admin.get(DRIFT + "?after=%00").problem(400, "malformed-parameter");
  }
}

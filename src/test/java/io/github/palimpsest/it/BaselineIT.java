package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
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
}

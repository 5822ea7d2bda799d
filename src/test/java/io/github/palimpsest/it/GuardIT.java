package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong(6_500_000);
  private static final String GUARD = "/audit/guard";

  private final Http admin = http.as("admin");
  private final long note = LAST_NOTE.incrementAndGet();

  @BeforeEach
  void install() {
    JsonObject report = admin.post(GUARD, "").expect(200).json();

    assertThat(problems(report)).isEmpty();
  }

  /** The other tests damage rows behind the application's back. */
  @AfterEach
  void drop() {
    admin.delete(GUARD).expect(204);
  }

  @Test
  void records_what_another_program_changes() {
    http.post("/notes/%d?text=captured".formatted(note), "").expect(204);

    database.execute("update note set text = 'by SQL' where id = " + note);
    database.execute("delete from note where id = " + note);

    List<JsonObject> events =
        reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items();
    assertThat(events)
        .extracting(each -> each.getString("operation") + " " + each.getString("source"))
        .containsExactly("persist jpa", "update database", "remove database");
    assertThat(events.get(1).getJsonArray("changes"))
        .hasToString("[{\"attribute\":\"text\",\"old\":\"captured\",\"new\":\"by SQL\"}]");
    assertThat(events.get(1).getString("actor")).startsWith("database:");
    reader.get("/audit/types/Note/%d".formatted(note)).expect(410);
  }

  @Test
  void tells_of_a_trigger_that_is_disabled_and_repairs_it() {
    database.execute("alter table note disable trigger palimpsest_update");

    assertThat(problems(admin.get(GUARD).expect(200).json()))
        .containsExactly("\"palimpsest_update on public.note is disabled\"");
    assertThat(problems(admin.post(GUARD, "").expect(200).json())).isEmpty();
  }

  @Test
  void is_for_administrators() {
    reader.get(GUARD).expect(403);
    reader.post(GUARD, "").expect(403);
    reader.delete(GUARD).expect(403);
    http.get(GUARD).expect(401);
  }

  private static List<String> problems(JsonObject report) {
    return report.getJsonArray("types").stream()
        .flatMap(type -> type.asJsonObject().getJsonArray("problems").stream())
        .map(problem -> ((JsonString) problem).toString())
        .toList();
  }
}

package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The Java API of history, called by an application on the server. */
class HistoryApiIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong(1_000_000);

  private final long note = LAST_NOTE.incrementAndGet();

  @Test
  void an_object_is_as_it_was_at_an_instant() {
    Instant before = database.now();
    write("first");
    Instant between = database.now();
    write("second");

    assertThat(past("?at=" + before)).isEqualTo("absent");
    assertThat(past("?at=" + between)).isEqualTo("first");
    assertThat(past("?at=" + database.now())).isEqualTo("second");
  }

  @Test
  void all_objects_of_a_type_are_as_they_were_at_an_instant() {
    write("alone " + note);
    Instant then = database.now();
    write("changed " + note);

    assertThat(past("/all?at=" + then)).contains("alone " + note).doesNotContain("changed " + note);
  }

  @Test
  void objects_are_found_by_what_they_were() {
    write("alone " + note);
    Instant then = database.now();
    write("changed " + note);

    assertThat(past("/like?text=alone%25" + note + "&at=" + then)).isEqualTo("alone " + note);
    assertThat(past("/like?text=alone%25" + note + "&at=" + database.now())).isEmpty();
  }

  @Test
  void objects_refer_to_each_other_as_they_did() {
    write("first");
    http.post(path("/replies"), "").expect(204);
    Instant then = database.now();
    write("second");
    http.delete(path("/replies")).expect(204);

    assertThat(past("/replies?at=" + then)).isEqualTo("first/first,first/second");
  }

  @Test
  void an_attribute_has_its_own_history() {
    write("first");
    http.post(path("/points?points=3"), "").expect(204);
    write("second");

    assertThat(past("/texts")).isEqualTo("\"first\"/persist,\"second\"/update");
  }

  @Test
  void events_are_found_by_what_they_say() {
    write("first");
    http.post(path("/points?points=3"), "").expect(204);
    http.post(path("/points?points=4"), "").expect(204);

    assertThat(past("/scores?points=3")).isEqualTo("2");
    assertThat(past("/scores?points=4")).isEqualTo("1");
  }

  @Test
  void a_difference_names_what_changed() {
    write("first");
    Instant from = database.now();
    write("second");

    assertThat(past("/diff?at=%s&to=%s".formatted(from, database.now())))
        .isEqualTo("text:\"first\">\"second\",version:1>2");
  }

  @Test
  void domain_events_are_folded_up_to_an_instant() {
    write("first");
    http.post(path("/points?points=3"), "").expect(204);
    Instant then = database.now();
    http.post(path("/points?points=4"), "").expect(204);

    assertThat(past("/sum?at=" + then)).isEqualTo("3");
    assertThat(past("/sum?at=" + database.now())).isEqualTo("7");
    assertThat(past("/events")).isEqualTo("persist/null,domain/scored,domain/scored");
  }

  @Test
  void a_domain_event_needs_a_transaction() {
    write("first");

    http.post(path("/points-without-transaction"), "").problem(500, "internal");

    assertThat(past("/events")).isEqualTo("persist/null");
  }

  @Test
  void a_restore_is_a_new_change_with_its_reason() {
    write("first");
    Instant then = database.now();
    write("second");

    assertThat(http.post(path("/restore?at=" + then), "").expect(200).body())
        .isEqualTo("text:\"second\">\"first\"");
    assertThat(lastEvent().getString("reason")).isEqualTo("by the Java API");
    assertThat(past("?at=" + database.now())).isEqualTo("first");
  }

  @Test
  void a_scope_names_who_and_why() {
    write("first");

    http.post(path("/as-job?text=second"), "").expect(204);

    assertThat(lastEvent().getString("actor")).isEqualTo("nightly job");
    assertThat(lastEvent().getString("reason")).isEqualTo("tidying");
  }

  @Test
  void work_tells_its_own_reason() {
    write("first");

    http.post(path("/reason?text=second"), "", "Audit-Reason", "of the header").expect(204);

    assertThat(lastEvent().getString("reason")).isEqualTo("told by the work itself");
    assertThat(lastEvent().getString("actor")).isEqualTo("system:palimpsest");
  }

  @Test
  void a_pause_of_capture_is_recorded_in_place_of_the_change() {
    write("first");

    teller.post(path("/without-capture?text=second"), "").expect(204);

    assertThat(past("/events")).isEqualTo("persist/null");
    assertThat(http.get("/notes/" + note).expect(200).body()).isEqualTo("second");
    assertThat(reader.get("/audit/types").expect(200).items())
        .anyMatch(type -> type.getString("type").equals("palimpsest.control"));
    assertThat(reader.get("/audit/types/palimpsest.control").expect(200).items()).isEmpty();
    assertThat(reader.get("/audit/types/palimpsest.control/capture/events").expect(200).items())
        .filteredOn(event -> event.getString("reason").equals("repair of note " + note))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("name")).isEqualTo("paused_capture");
              assertThat(event.getString("actor")).isEqualTo("teller");
              assertThat(event.getJsonObject("body").get("left_out"))
                  .hasToString("{\"Note\":{\"update\":1}}");
            });
  }

  @Test
  void a_transaction_whose_commit_nobody_hears_of_fails() {
    write("first");

    http.post(path("/begun-twice?text=second"), "").problem(500, "internal");

    assertThat(past("/events")).isEqualTo("persist/null");
    assertThat(http.get("/notes/" + note).expect(200).body()).isEqualTo("first");
  }

  private void write(String text) {
    String query = "?text=" + text.replace(" ", "%20");
    boolean exists = database.number("select count(*) from note where id = ?", note) > 0;
    http.post("/notes/" + note + (exists ? "/at-once" : "") + query, "").expect(204);
  }

  private String past(String call) {
    return http.get(path(call)).expect(200).body();
  }

  private String path(String call) {
    return "/notes/past/" + note + call;
  }

  private JsonObject lastEvent() {
    List<JsonObject> events =
        reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items();
    return events.get(events.size() - 1);
  }
}

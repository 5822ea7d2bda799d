package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of enterprise beans: suspended, marked for rollback, by hand, and conversations. */
class EnterpriseBeanIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong(2_000_000);

  private final long note = LAST_NOTE.addAndGet(2);

  @BeforeEach
  void create() {
    http.post("/notes/%d?text=begin".formatted(note), "").expect(204);
    http.post("/notes/%d?text=begin".formatted(note + 1), "").expect(204);
  }

  @Test
  void a_suspended_transaction_and_the_one_within_it_each_have_their_events() {
    trap("around").expect(204);

    assertThat(texts(note)).containsExactly("begin", "text after");
    assertThat(texts(note + 1)).containsExactly("begin", "text inside");
    assertThat(
            database.number(
                "select count(distinct transaction_id) from palimpsest.event"
                    + " where operation = 'update' and object_id in (?, ?)",
                Long.toString(note),
                Long.toString(note + 1)))
        .isEqualTo(2);
  }

  @Test
  void what_fails_within_a_suspended_transaction_leaves_no_event() {
    trap("around?inside=true").expect(204);

    assertThat(texts(note)).containsExactly("begin", "text after");
    assertThat(texts(note + 1)).containsExactly("begin");
  }

  @Test
  void what_committed_within_a_failing_transaction_keeps_its_event() {
    trap("around?outside=true").problem(500, "internal");

    assertThat(texts(note)).containsExactly("begin");
    assertThat(texts(note + 1)).containsExactly("begin", "text inside");
  }

  @Test
  void a_transaction_that_is_marked_for_rollback_leaves_no_event() {
    trap("marked").expect(204);

    assertThat(texts(note)).containsExactly("begin");
    assertThat(http.get("/notes/" + note).expect(200).body()).isEqualTo("begin");
  }

  @Test
  void transactions_by_hand_have_the_events_of_what_they_commit() {
    trap("by-hand").expect(204);

    assertThat(texts(note)).containsExactly("begin", "first by hand", "third by hand");
  }

  @Test
  void a_conversation_has_one_event_for_each_time_it_is_saved() {
    trap("conversation").expect(204);

    assertThat(texts(note)).containsExactly("begin", "drafted", "redrafted again");
  }

  private Answer trap(String call) {
    return http.post("/notes/traps/%d/%s".formatted(note, call), "");
  }

  private List<String> texts(long id) {
    return reader.get("/audit/types/Note/%d/events".formatted(id)).expect(200).items().stream()
        .map(event -> event.getJsonObject("body").getString("text"))
        .toList();
  }
}

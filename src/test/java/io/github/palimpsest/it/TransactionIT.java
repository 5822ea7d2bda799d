package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransactionIT extends ServerIT {
  private static final AtomicLong LAST_NOTE = new AtomicLong();

  private final BankClient bank = new BankClient(teller, reader, restorer);
  private final long note = LAST_NOTE.incrementAndGet();

  @Test
  void a_transaction_that_fails_after_its_flush_leaves_no_event() {
    create("first");

    post("fail", "second").problem(500, "internal");

    assertThat(operations()).containsExactly("persist");
    assertThat(text()).isEqualTo("first");
  }

  @Test
  void two_flushes_of_one_object_give_one_event_with_the_net_change() {
    create("first");

    post("flushes", "second", "third").expect(204);

    assertThat(operations()).containsExactly("persist", "update");
    assertThat(events().get(1).getJsonObject("body").getString("text")).isEqualTo("third");
    assertThat(change(events().get(1))).isEqualTo("\"first\" to \"third\"");
  }

  @Test
  void what_is_changed_and_changed_back_before_the_flush_is_no_event() {
    create("first");

    post("at-once", "second", "first").expect(204);

    assertThat(operations()).containsExactly("persist");
  }

  @Test
  void what_is_changed_and_changed_back_over_several_flushes_is_no_event() {
    create("first");

    post("flushes", "second", "first").expect(204);

    assertThat(operations()).containsExactly("persist");
    assertThat(text()).isEqualTo("first");
  }

  @Test
  void after_a_change_without_an_event_the_history_goes_on() {
    create("first");
    post("flushes", "second", "first").expect(204);

    post("flushes", "third").expect(204);

    assertThat(operations()).containsExactly("persist", "update");
    assertThat(change(events().get(1))).isEqualTo("\"first\" to \"third\"");
  }

  @Test
  void what_is_created_and_removed_before_the_flush_never_was() {
    post("removed").expect(204);

    reader.get("/audit/types/Note/%d/events".formatted(note)).problem(404, "unknown-object");
  }

  @Test
  void what_is_created_flushed_and_removed_in_one_transaction_never_was() {
    post("flushed-and-removed").expect(204);

    reader.get("/audit/types/Note/%d/events".formatted(note)).problem(404, "unknown-object");
  }

  @Test
  void what_cannot_be_created_twice_leaves_one_event() {
    create("first");

    http.post(path("") + query("again"), "").problem(409, "constraint");

    assertThat(operations()).containsExactly("persist");
    assertThat(text()).isEqualTo("first");
  }

  @Test
  void a_transaction_with_an_event_the_database_refuses_leaves_no_change() {
    create("first");

    post("spoiled-at-commit", "second").problem(500, "internal");

    assertThat(operations()).containsExactly("persist");
    assertThat(text()).isEqualTo("first");
  }

  @Test
  void a_transaction_with_an_event_that_is_no_json_leaves_no_change() {
    create("first");

    post("spoiled", "second").problem(500, "internal");

    assertThat(operations()).containsExactly("persist");
    assertThat(text()).isEqualTo("first");
  }

  @Test
  void while_events_cannot_be_written_nothing_changes() {
    create("first");
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    List<JsonObject> before = bank.events(account);

    Database.owner().execute("revoke insert on palimpsest.event from " + database.user());
    try {
      bank.deposit(account, "125").problem(500, "internal");
      bank.delete(account).problem(500, "internal");
      post("flushes", "second").problem(500, "internal");
    } finally {
      Database.owner().execute("grant insert on palimpsest.event to " + database.user());
    }

    assertThat(bank.events(account)).isEqualTo(before);
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
    assertThat(text()).isEqualTo("first");
    bank.deposit(account, "125").expect(200);
    assertThat(bank.balance(account)).isEqualByComparingTo("175");
  }

  private void create(String text) {
    http.post(path("") + query(text), "").expect(204);
  }

  private Answer post(String what, String... texts) {
    return http.post(path("/" + what) + query(texts), "");
  }

  private String text() {
    return http.get(path("")).expect(200).body();
  }

  private String path(String what) {
    return "/notes/" + note + what;
  }

  private static String query(String... texts) {
    return Arrays.stream(texts)
        .map(text -> "text=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private List<JsonObject> events() {
    return reader.get("/audit/types/Note/%d/events".formatted(note)).expect(200).items();
  }

  private List<String> operations() {
    return events().stream().map(event -> event.getString("operation")).toList();
  }

  private static String change(JsonObject event) {
    return event.getJsonArray("changes").getValuesAs(JsonObject.class).stream()
        .filter(change -> change.getString("attribute").equals("text"))
        .map(change -> change.get("old") + " to " + change.get("new"))
        .collect(Collectors.joining());
  }
}

package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Change;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.JsonText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogTextTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void an_update_shows_old_and_new_lines() {
    RecordedEvent update =
        recorded(
            event(7, Operation.UPDATE, null, "cash\nat counter 3"), "balance", "0.00", "50.00");

    assertThat(LogText.events(List.of(update)))
        .isEqualTo(
            """
            event 7 update Account/1
            Transaction: 900
            Actor:       teller
            Date:        2026-01-01T12:00:00.000000Z
            Correlation: 4bf9

                cash
                at counter 3

            -balance: 0.00
            +balance: 50.00
            """);
  }

  @Test
  void events_are_apart_and_show_what_is_there() {
    RecordedEvent persist = recorded(event(1, Operation.PERSIST, null, null), "a", "null", "\"x\"");
    RecordedEvent domain =
        new RecordedEvent(event(2, Operation.DOMAIN, "made_deposit", null), List.of());
    RecordedEvent remove = recorded(event(3, Operation.REMOVE, null, null), "a", "\"x\"", "null");

    assertThat(body(LogText.events(List.of(persist, domain, remove))))
        .containsExactly(
            "event 1 persist Account/1",
            "+a: \"x\"",
            "event 2 domain Account/1",
            "*made_deposit: {\"amount\":50.0}",
            "event 3 remove Account/1",
            "-a: \"x\"");
  }

  @Test
  void a_transaction_tells_once_what_its_events_have_in_common() {
    Event first = event(1, Operation.UPDATE, null, "why");

    assertThat(
            LogText.transaction(first, List.of(901L), List.of(recorded(first, "a", "1", "null"))))
        .isEqualTo(
            """
            transaction 900
            Undone by:   901
            Actor:       teller
            Date:        2026-01-01T12:00:00.000000Z
            Correlation: 4bf9

                why

            event 1 update Account/1

            -a: 1
            +a: null
            """);
  }

  @Test
  void a_reason_cannot_pass_for_an_event_or_clear_the_screen() {
    Event event = event(7, Operation.UPDATE, null, "x\n\nevent 8 remove Account/2\n\u001b[2J");

    assertThat(LogText.events(List.of(recorded(event, "a", "1", "2"))))
        .contains("    event 8 remove Account/2\n    \\u001b[2J\n")
        .doesNotContain("\u001b");
  }

  private static List<String> body(String text) {
    return text.lines()
        .filter(line -> line.startsWith("event") || line.matches("[-+*].*"))
        .toList();
  }

  private static RecordedEvent recorded(
      Event event, String attribute, String before, String after) {
    return new RecordedEvent(
        event, List.of(new Change(attribute, JsonText.parse(before), JsonText.parse(after))));
  }

  private static Event event(
      long position, Operation operation, @Nullable String name, @Nullable String reason) {
    return new Event(
        position,
        NOON,
        900,
        new StreamId("Account", "1"),
        operation,
        name,
        "jpa",
        new Provenance("teller", reason, "4bf9"),
        1,
        JsonText.parse("{\"amount\":50.0}").asJsonObject());
  }
}

package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who gave an attribute its values, as JSON and as text. */
class AttributeIT extends ServerIT {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void an_attribute_tells_its_values_over_time_and_who_set_each() {
    long account = bank.createAccount();
    bank.deposit(account, "50", "Audit-Reason", "cash").expect(200);
    Instant fifty = database.now();
    bank.deposit(account, "1").expect(200);
    bank.restore(account, fifty).expect(200);

    List<JsonObject> values = reader.get(path(account, "/balance")).expect(200).items();

    assertThat(values)
        .extracting(each -> each.get("old") + " to " + each.get("new"))
        .containsExactly(
            "null to 0.000000",
            "0.000000 to 50.000000",
            "50.000000 to 51.000000",
            "51.000000 to 50.000000");
    assertThat(values)
        .extracting(each -> each.getString("actor"))
        .containsExactly("teller", "teller", "teller", "restorer");
    assertThat(values.get(1).getString("reason")).isEqualTo("cash");
    assertThat(values.get(1).getString("operation")).isEqualTo("update");
  }

  @Test
  void an_attribute_that_changed_seldom_has_few_values() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);

    assertThat(reader.get(path(account, "/owner")).expect(200).items()).hasSize(1);
  }

  @Test
  void values_come_in_pages() {
    long account = bank.createAccount();
    for (int i = 0; i < 4; i++) {
      bank.deposit(account, "1").expect(200);
    }

    List<Integer> sizes = new ArrayList<>();
    List<String> values = new ArrayList<>();
    String page = path(account, "/balance?limit=2");
    while (!page.isEmpty()) {
      Answer answer = reader.get(page).expect(200);
      sizes.add(answer.items().size());
      answer.items().forEach(each -> values.add(String.valueOf(each.get("new"))));
      page = next(answer);
    }

    assertThat(sizes).containsExactly(2, 2, 1);
    assertThat(values).containsExactly("0.000000", "1.000000", "2.000000", "3.000000", "4.000000");
  }

  @Test
  void what_has_no_such_attribute_or_never_existed_is_unknown() {
    long account = bank.createAccount();

    reader.get(path(account, "/nothing")).problem(404, "unknown-attribute");
    reader.get(path(999_999_999, "/balance")).problem(404, "unknown-object");
    reader.get(path(999_999_999, "")).problem(404, "unknown-object");
    reader.get(path(account, "/balance?after=x")).problem(400, "malformed-parameter");
  }

  @Test
  void a_state_names_the_event_that_set_each_attribute() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    Instant fifty = database.now();
    bank.deposit(account, "1").expect(200);

    JsonObject blame = reader.get(path(account, "?asOf=" + fifty)).expect(200).json();

    List<JsonObject> events = bank.events(account);
    assertThat(blame.getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(each -> "%s %s".formatted(each.getString("attribute"), each.getInt("position")))
        .containsExactly(
            "balance " + events.get(2).getInt("position"),
            "id " + events.get(0).getInt("position"),
            "owner " + events.get(0).getInt("position"),
            "version " + events.get(2).getInt("position"));
    assertThat(blame.get("position")).isEqualTo(events.get(2).get("position"));
  }

  @Test
  void of_what_was_removed_nobody_is_to_blame() {
    long account = bank.createAccount();
    bank.delete(account).expect(204);

    reader.get(path(account, "")).problem(410, "removed-object");
  }

  @Test
  void as_text_a_history_reads_like_a_log() {
    long account = bank.createAccount();
    bank.deposit(account, "50", "Audit-Reason", "cash at counter 3").expect(200);

    Answer answer =
        text("/audit/types/Account/%d/events?operation=update".formatted(account)).expect(200);

    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
    assertThat(answer.body())
        .matches(
            """
            event \\d+ update Account/%d
            Transaction: \\d+
            Actor:       teller
            Date:        \\S+Z

                cash at counter 3

            -balance: 0.000000
            \\+balance: 50.000000
            -version: 1
            \\+version: 2
            """
                .formatted(account));
  }

  @Test
  void pages_of_text_are_linked_by_a_header() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);

    StringBuilder pages = new StringBuilder();
    String page = "/audit/types/Account/%d/events?limit=1".formatted(account);
    while (!page.isEmpty()) {
      Answer answer = text(page).expect(200);
      pages.append(pages.isEmpty() ? "" : "\n").append(answer.body());
      page = next(answer);
    }

    assertThat(pages.toString())
        .isEqualTo(text("/audit/types/Account/%d/events".formatted(account)).body());
  }

  @Test
  void as_text_attributes_and_a_transaction_read_too() {
    long account = bank.createAccount();
    bank.deposit(account, "50").expect(200);
    JsonObject update = bank.events(account).get(2);

    assertThat(text(path(account, "")).expect(200).body().lines())
        .anyMatch(line -> line.matches("\\d+ \\(teller +\\S+Z\\) balance: 50\\.000000"))
        .hasSize(4);
    assertThat(text(path(account, "/balance")).expect(200).body())
        .contains("\n-balance: 0.000000\n+balance: 50.000000\n")
        .doesNotContain("version");
    assertThat(text("/audit/transactions/" + update.getInt("transaction")).expect(200).body())
        .startsWith("transaction " + update.getInt("transaction"))
        .contains("\n+balance: 50.000000\n", "\n*made_deposit: {\"amount\":50.0}\n");
  }

  @Test
  void whoever_accepts_anything_gets_json() {
    long account = bank.createAccount();

    for (String accept : List.of("*/*", "application/*", "text/plain;q=0.5, application/json")) {
      assertThat(reader.get(path(account, ""), "Accept", accept).header("Content-Type"))
          .isEqualTo("application/json");
    }
    reader.get(path(account, ""), "Accept", "image/png").problem(406, "not-acceptable");
  }

  private Answer text(String path) {
    return reader.get(path, "Accept", "text/plain");
  }

  private static String next(Answer answer) {
    Matcher link = NEXT.matcher(answer.header("Link"));
    return link.find() ? link.group(1) : "";
  }

  private static String path(long account, String below) {
    return "/audit/types/Account/%d/attributes%s".formatted(account, below);
  }
}

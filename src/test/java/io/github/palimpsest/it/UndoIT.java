package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions over HTTP, and their undoing. */
class UndoIT extends ServerIT {
  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void a_transfer_is_read_as_a_whole_undone_as_a_whole_and_done_again() {
    long from = account("100");
    long to = account("1");
    bank.transfer(from, to, "30").expect(200);
    long transfer = lastTransaction(from);

    JsonObject read = reader.get(path(transfer)).expect(200).json();
    assertThat(read.getString("actor")).isEqualTo("teller");
    assertThat(ids(read)).contains(Long.toString(from), Long.toString(to));
    assertThat(read.get("undoneBy")).hasToString("[]");

    JsonObject dryRun = undo(transfer, ",\"dryRun\":true");
    assertThat(bank.balance(from)).isEqualByComparingTo("70");
    JsonObject undone = undo(transfer, "");
    assertThat(bank.balance(from)).isEqualByComparingTo("100");
    assertThat(bank.balance(to)).isEqualByComparingTo("1");
    assertThat(undone.get("items")).isEqualTo(dryRun.get("items"));
    assertThat(undone.getInt("changed")).isEqualTo(2);
    assertThat(undone.getJsonArray("conflicts")).isEmpty();
    assertThat(undone.getJsonArray("domainEvents"))
        .hasSize(undone.getInt("domainEventCount"))
        .isNotEmpty();

    long undo = lastTransaction(from);
    assertThat(reader.get(path(transfer)).expect(200).json().get("undoneBy"))
        .hasToString("[%d]".formatted(undo));
    assertThat(reader.get(path(undo)).expect(200).json().getString("reason")).isEqualTo("mistake");
    undo(undo, "");
    assertThat(bank.balance(from)).isEqualByComparingTo("70");
    assertThat(bank.balance(to)).isEqualByComparingTo("31");
  }

  @Test
  void what_changed_again_is_a_conflict_unless_forced() {
    long account = account("50");
    bank.deposit(account, "5").expect(200);
    long deposit = lastTransaction(account);
    bank.deposit(account, "7").expect(200);

    JsonObject undone = undo(deposit, "");

    JsonObject conflict = undone.getJsonArray("conflicts").getJsonObject(0);
    assertThat(conflict.getString("type")).isEqualTo("Account");
    assertThat(conflict.getString("id")).isEqualTo(Long.toString(account));
    assertThat(conflict.getString("attribute")).isEqualTo("balance");
    assertThat(bank.balance(account)).isEqualByComparingTo("62");
    undo(deposit, ",\"force\":true");
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void a_transaction_is_read_in_pages() {
    long from = account("100");
    long to = account("1");
    bank.transfer(from, to, "30").expect(200);
    long transfer = lastTransaction(from);

    JsonObject first = reader.get(path(transfer) + "?limit=1").expect(200).json();
    assertThat(first.getJsonArray("items")).hasSize(1);
    JsonObject second = reader.get(first.getString("next")).expect(200).json();
    assertThat(second.getJsonArray("items").getJsonObject(0).getInt("position"))
        .isGreaterThan(first.getJsonArray("items").getJsonObject(0).getInt("position"));
  }

  @Test
  void what_is_no_transaction_or_not_for_the_caller_is_a_problem() {
    String none = path(999_999_999_999L);
    reader.get(none).problem(404, "unknown-transaction");
    restorer.post(none + "/undo", "{\"reason\":\"r\"}").problem(404, "unknown-transaction");
    long transaction = lastTransaction(account("1"));
    String undo = path(transaction) + "/undo";
    reader.get(path(transaction) + "?type=Nothing").problem(404, "unknown-type");
    reader.get(path(transaction) + "?type=Account").expect(200);
    reader.get(path(transaction) + "?limit=0").problem(400, "malformed-parameter");
    for (String number : List.of("x", "0", "-1", "9999999999999999999")) {
      reader.get("/audit/transactions/" + number).problem(400, "malformed-parameter");
    }
    for (String body :
        List.of(
            "{}",
            "{\"reason\":\" \"}",
            "{\"reason\":\"r\",\"force\":1}",
            "{\"reason\":\"r\",\"asOf\":\"2026-01-01T00:00:00Z\"}")) {
      restorer.post(undo, body).problem(400, "malformed-body");
    }
    reader.post(undo, "{\"reason\":\"r\"}").problem(403, "forbidden");
    http.get(path(transaction)).problem(401, "unauthenticated");
  }

  private long account(String balance) {
    long account = bank.createAccount();
    bank.deposit(account, balance).expect(200);
    return account;
  }

  private long lastTransaction(long account) {
    List<JsonObject> events = bank.events(account);
    return events.get(events.size() - 1).getJsonNumber("transaction").longValueExact();
  }

  private JsonObject undo(long transaction, String more) {
    return restorer
        .post(path(transaction) + "/undo", "{\"reason\":\"mistake\"%s}".formatted(more))
        .expect(200)
        .json();
  }

  private static String path(long transaction) {
    return "/audit/transactions/" + transaction;
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(each -> each.getString("id"))
        .toList();
  }
}

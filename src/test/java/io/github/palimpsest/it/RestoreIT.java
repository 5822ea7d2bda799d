package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be restored over HTTP beyond one whole object: parts, several, with what they need. */
class RestoreIT extends ServerIT {
  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void an_account_comes_back_with_the_owner_it_needs_as_the_dry_run_says() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    bank.deposit(account, "50").expect(200);
    Instant alive = database.now();
    database.execute("delete from account where id = " + account);
    database.execute("delete from owner where id = " + owner);
    String path = "/audit/types/Account/%d/restore".formatted(account);
    String related = ",\"related\":\"required\"";

    restorer.post(path, body(alive, "")).problem(409, "missing-reference");
    JsonObject dryRun =
        restorer.post(path, body(alive, related + ",\"dryRun\":true")).expect(200).json();
    bank.get(account).problem(404, "unknown-object");
    JsonObject restored = restorer.post(path, body(alive, related)).expect(200).json();

    assertThat(restored.getString("operation")).isEqualTo("persist");
    assertThat(restored.get("changes")).isEqualTo(dryRun.get("changes"));
    assertThat(restored.get("related")).isEqualTo(dryRun.get("related"));
    assertThat(restored.getJsonArray("related").getJsonObject(0).getString("id"))
        .isEqualTo(Long.toString(owner));
    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void the_missing_objects_are_named() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    Instant alive = database.now();
    database.execute("delete from account where id = " + account);
    database.execute("delete from owner where id = " + owner);

    JsonObject problem = bank.restore(account, alive).problem(409, "missing-reference");

    assertThat(problem.get("missing")).hasToString("[\"Owner/%d\"]".formatted(owner));
  }

  @Test
  void only_the_attributes_that_are_named_are_put_back() {
    long owner = bank.createOwner("Ada");
    long account = bank.createAccount(owner);
    bank.deposit(account, "50").expect(200);
    Instant fifty = database.now();
    bank.deposit(account, "5").expect(200);

    JsonObject restored =
        restorer
            .post(
                "/audit/types/Account/%d/restore".formatted(account),
                body(fifty, ",\"attributes\":[\"owner\"]"))
            .expect(200)
            .json();
    assertThat(restored.getJsonArray("changes")).isEmpty();
    restorer
        .post(
            "/audit/types/Account/%d/restore".formatted(account),
            body(fifty, ",\"attributes\":[\"balance\"]"))
        .expect(200);

    assertThat(bank.balance(account)).isEqualByComparingTo("50");
  }

  @Test
  void only_the_objects_that_are_named_or_pass_the_filter_are_restored() {
    long one = bank.createAccount();
    long other = bank.createAccount();
    bank.deposit(one, "31.41").expect(200);
    bank.deposit(other, "27.18").expect(200);
    Instant then = database.now();
    bank.deposit(one, "1").expect(200);
    bank.deposit(other, "1").expect(200);

    JsonObject named = all(body(then, ",\"ids\":[\"%d\"],\"dryRun\":true".formatted(one)));
    JsonObject filtered =
        all(body(then, ",\"filter\":{\"balance\":27.18,\"id\":%d}".formatted(other)));

    assertThat(ids(named)).containsExactly(Long.toString(one));
    assertThat(ids(filtered)).containsExactly(Long.toString(other));
    assertThat(filtered.getInt("changed")).isEqualTo(1);
    assertThat(bank.balance(one)).isEqualByComparingTo("32.41");
    assertThat(bank.balance(other)).isEqualByComparingTo("27.18");
  }

  @Test
  void exactly_as_it_was_is_without_what_came_later() {
    long before = bank.createAccount();
    Instant then = database.now();
    long after = bank.createAccount();
    String ids = ",\"exact\":true,\"ids\":[\"%d\",\"%d\"]".formatted(before, after);

    JsonObject restored = all(body(then, ids));

    assertThat(restored.getInt("removed")).isEqualTo(1);
    assertThat(ids(restored)).containsExactly(Long.toString(after));
    bank.get(after).problem(404, "unknown-object");
    bank.get(before).expect(200);
    assertThat(bank.events(after).get(bank.events(after).size() - 1).getString("reason"))
        .isEqualTo("r");
  }

  @Test
  void a_state_that_bean_validation_refuses_is_a_problem_that_names_the_attribute() {
    database.execute("insert into note (id, text, version) values (-7, 'refused', 1)");
    http.as("admin").post("/audit/types/Note/baseline", "{\"reason\":\"r\"}").expect(200);
    Instant then = database.now();
    String path = "/audit/types/Note/-7/restore";
    for (String change :
        List.of("update note set text = 'fine' where id = -7", "delete from note where id = -7")) {
      database.execute(change);

      restorer.post(path, body(then, ",\"dryRun\":true")).expect(200);
      JsonObject problem = restorer.post(path, body(then, "")).problem(409, "constraint");

      assertThat(problem.getString("detail"))
          .isEqualTo("Bean Validation refused text; nothing was changed.");
      assertThat(problem.get("attributes")).hasToString("{\"text\":\"Pattern\"}");
      assertThat(database.number("select count(*) from note where text = 'refused'")).isZero();
    }
  }

  @Test
  void malformed_wishes_are_refused() {
    Instant now = database.now();
    String one = "/audit/types/Account/1/restore";
    String all = "/audit/types/Account/restore";
    for (String more :
        List.of(
            ",\"attributes\":[]",
            ",\"attributes\":[1]",
            ",\"attributes\":\"balance\"",
            ",\"attributes\":[\"nothing\"]",
            ",\"related\":\"all\"",
            ",\"related\":true",
            ",\"limit\":0",
            ",\"limit\":10001")) {
      restorer.post(one, body(now, more)).problem(400, "malformed-body");
      restorer.post(all, body(now, more)).problem(400, "malformed-body");
    }
    for (String more :
        List.of(
            ",\"ids\":[]",
            ",\"ids\":[7]",
            ",\"filter\":[]",
            ",\"filter\":{}",
            ",\"filter\":{\"balance\":{}}",
            ",\"exact\":1",
            ",\"exact\":true,\"filter\":{\"balance\":1}",
            ",\"exact\":true,\"attributes\":[\"balance\"]")) {
      restorer.post(all, body(now, more)).problem(400, "malformed-body");
    }
    restorer.post(one, body(now, ",\"ids\":[\"1\"]")).problem(400, "malformed-body");
    for (String name : List.of("nothing", "limit", "after", "asOf", "orderBy", "expand")) {
      JsonObject problem =
          restorer
              .post(all, body(now, ",\"filter\":{\"%s\":\"gt:1000\"}".formatted(name)))
              .problem(400, "malformed-parameter");
      assertThat(problem.getString("parameter")).isEqualTo(name);
    }
    restorer.post(all, body(now, ",\"ids\":[\"987654321\"]")).problem(404, "unknown-object");
  }

  private JsonObject all(String body) {
    return restorer.post("/audit/types/Account/restore", body).expect(200).json();
  }

  private static List<String> ids(JsonObject restored) {
    return restored.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(each -> each.getString("id"))
        .toList();
  }

  private static String body(Instant asOf, String more) {
    return "{\"asOf\":\"%s\",\"reason\":\"r\"%s}".formatted(asOf, more);
  }
}

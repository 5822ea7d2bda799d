package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about states over HTTP. */
class QueryIT extends ServerIT {
  private final BankClient bank = new BankClient(teller, reader, restorer);
  private final String name = "Ada " + System.nanoTime();
  private long owner;
  private long rich;
  private long poor;
  private long other;

  @BeforeEach
  void open() {
    owner = bank.createOwner(name);
    rich = bank.createAccount(owner);
    poor = bank.createAccount(owner);
    other = bank.createAccount(owner);
    bank.deposit(rich, "100").expect(200);
    bank.deposit(poor, "9.5").expect(200);
    bank.deposit(other, "100").expect(200);
  }

  @Test
  void states_are_asked_for_by_conditions_that_all_hold() {
    assertThat(ids("balance=100")).containsExactlyInAnyOrder(rich, other);
    assertThat(ids("balance=eq:100.00")).containsExactlyInAnyOrder(rich, other);
    assertThat(ids("balance=ne:100")).containsExactly(poor);
    assertThat(ids("balance=gt:9.5")).containsExactlyInAnyOrder(rich, other);
    assertThat(ids("balance=ge:9.5&balance=lt:100")).containsExactly(poor);
    assertThat(ids("balance=le:9.5")).containsExactly(poor);
    assertThat(ids("balance=in:9.5,8")).containsExactly(poor);
    assertThat(ids("balance=ne:null")).hasSize(3);
    assertThat(ids("balance=null")).isEmpty();
    assertThat(ids("id=" + poor)).containsExactly(poor);
  }

  @Test
  void conditions_go_through_references_as_of_the_same_instant() {
    String encoded = name.replace(" ", "%20");

    assertThat(items("/audit/types/Account?owner.name=" + encoded)).hasSize(3);
    assertThat(items("/audit/types/Account?owner.name=startsWith:" + encoded)).hasSize(3);
    assertThat(items("/audit/types/Account?owner.name=like:%25" + encoded.substring(1))).hasSize(3);
    assertThat(items("/audit/types/Account?owner.name=in:" + encoded + ",x&balance=lt:10"))
        .hasSize(1);
  }

  @Test
  void the_text_null_and_a_comma_can_be_asked_for() {
    long called = bank.createOwner("null");
    long comma = bank.createOwner("Smith, John");
    String both = "/audit/types/Owner?id=in:%d,%d&name=".formatted(called, comma);

    assertThat(ownerIds(both + "eq:null")).containsExactly(called);
    assertThat(ownerIds(both + "null")).isEmpty();
    assertThat(ownerIds(both + "ne:null")).containsExactly(comma);
    assertThat(ownerIds(both + "in:%22Smith,%20John%22")).containsExactly(comma);
    assertThat(ownerIds(both + "in:%22Smith,%20John%22,null")).containsExactly(called, comma);
    JsonObject problem =
        reader.get(both + "in:%22Smith,%20John").problem(400, "malformed-parameter");
    assertThat(problem.getString("parameter")).isEqualTo("name");
  }

  private List<Long> ownerIds(String path) {
    return items(path).stream().map(each -> Long.valueOf(each.getString("id"))).toList();
  }

  @Test
  void an_order_goes_on_from_page_to_page() {
    assertThat(ids("orderBy=balance,-id")).containsExactly(poor, other, rich);
    assertThat(ids("orderBy=-balance,id&limit=1")).containsExactly(rich, other, poor);
    assertThat(ids("orderBy=owner.name,-id&limit=2")).containsExactly(other, poor, rich);
  }

  @Test
  void what_a_state_refers_to_is_shown_as_of_the_same_instant() {
    JsonObject item = items("/audit/types/Account?expand=owner&id=" + poor).get(0);
    JsonObject expanded = item.getJsonObject("expanded").getJsonObject("owner");

    assertThat(expanded.getString("type")).isEqualTo("Owner");
    assertThat(expanded.getJsonObject("state").getString("name")).isEqualTo(name);
    assertThat(expanded.getString("asOf")).isEqualTo(item.getString("asOf"));
    assertThat(item.getJsonObject("state").get("owner")).hasToString("" + owner);
    JsonObject one =
        reader.get("/audit/types/Account/%d?expand=owner".formatted(poor)).expect(200).json();
    assertThat(one.getJsonObject("expanded").getJsonObject("owner").getString("id"))
        .isEqualTo("" + owner);
    assertThat(reader.get("/audit/types/Account/" + poor).expect(200).json())
        .doesNotContainKey("expanded");
  }

  @Test
  void the_inverse_side_is_answered_as_of_an_instant() {
    Instant then = database.now();
    bank.delete(rich).expect(204);
    String accounts = "/audit/types/Owner/%d/accounts".formatted(owner);

    assertThat(follow(accounts + "?asOf=" + then)).containsExactly(rich, poor, other);
    assertThat(follow(accounts + "?limit=1&asOf=" + then)).containsExactly(rich, poor, other);
    assertThat(follow(accounts)).containsExactly(poor, other);
    assertThat(items("/audit/types/Account/%d/owner?asOf=%s".formatted(rich, then)))
        .singleElement()
        .satisfies(
            state -> assertThat(state.getJsonObject("state").getString("name")).isEqualTo(name));
    reader.get("/audit/types/Account/%d/owner".formatted(rich)).problem(410, "removed-object");
    reader.get("/audit/types/Owner/0/accounts").problem(404, "unknown-object");
    reader.get("/audit/types/Owner/%d/name".formatted(owner)).problem(404, "not-found");
    reader.get(accounts + "?after=nothing").problem(400, "malformed-parameter");
  }

  @Test
  void an_attribute_named_like_a_parameter_is_written_after_a_dot() {
    assertThat(ids(".balance=9.5&.id=" + poor)).containsExactly(poor);
    refused(".limit=1", "limit", "Account has no attribute limit.");
    refused(".orderBy=1", "orderBy", "Account has no attribute orderBy.");
  }

  @Test
  void what_no_parser_takes_is_equal_to_nothing() {
    assertThat(ids("balance=" + "%5B".repeat(1000))).isEmpty();
    String deep =
        Base64.getUrlEncoder().encodeToString("[".repeat(1000).getBytes(StandardCharsets.UTF_8));
    refused("orderBy=id&after=" + deep, "after", "The cursor is none of a query with this order.");
  }

  @Test
  void what_cannot_be_asked_for_is_refused_by_its_name() {
    refused("owner.nothing=1", "owner.nothing", "owner has no attribute owner.nothing.");
    refused("orderBy=nothing", "orderBy", "Account has no attribute nothing.");
    refused("expand=balance", "expand", "balance refers to nothing.");
    refused("orderBy=id&after=7", "after", "The cursor is none of a query with this order.");
  }

  private void refused(String query, String parameter, String detail) {
    JsonObject problem =
        reader.get("/audit/types/Account?" + query).problem(400, "malformed-parameter");

    assertThat(problem.getString("parameter")).isEqualTo(parameter);
    assertThat(problem.getString("detail")).isEqualToIgnoringCase(detail);
  }

  private List<Long> ids(String query) {
    return follow("/audit/types/Account?owner=%d&%s".formatted(owner, query));
  }

  private List<Long> follow(String path) {
    List<Long> ids = new ArrayList<>();
    JsonObject page = reader.get(path).expect(200).json();
    ids.addAll(ids(page));
    while (page.containsKey("next")) {
      page = reader.get(page.getString("next")).expect(200).json();
      ids.addAll(ids(page));
    }
    return ids;
  }

  private static List<Long> ids(JsonObject page) {
    return page.getJsonArray("items").getValuesAs(JsonValue::asJsonObject).stream()
        .map(item -> Long.valueOf(item.getString("id")))
        .toList();
  }

  private List<JsonObject> items(String path) {
    return reader.get(path).expect(200).items();
  }
}

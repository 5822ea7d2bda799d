package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.fge.jsonpatch.JsonPatch;
import com.github.fge.jsonpatch.mergepatch.JsonMergePatch;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What differs between two instants, and the patches from one to the other. */
class DifferenceIT extends ServerIT {
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void names_the_attributes_that_differ() {
    long account = bank.createAccount();
    Instant from = database.now();
    bank.deposit(account, "50").expect(200);
    Instant to = database.now();
    bank.deposit(account, "1").expect(200);

    JsonObject difference = diff(account, from, to).expect(200).json();

    assertThat(difference.getString("type")).isEqualTo("Account");
    assertThat(difference.getString("id")).isEqualTo(Long.toString(account));
    assertThat(Instant.parse(difference.getString("from"))).isEqualTo(from);
    assertThat(Instant.parse(difference.getString("to"))).isEqualTo(to);
    assertThat(difference.getInt("toPosition")).isGreaterThan(difference.getInt("fromPosition"));
    assertThat(difference.getJsonArray("changes").toString())
        .isEqualTo(
            "[{\"attribute\":\"balance\",\"old\":0.000000,\"new\":50.000000},"
                + "{\"attribute\":\"version\",\"old\":1,\"new\":2}]");
  }

  @Test
  void without_an_end_it_is_up_to_now() {
    long account = bank.createAccount();
    Instant from = database.now();
    bank.deposit(account, "50").expect(200);

    assertThat(reader.get(path(account, from)).expect(200).json().getJsonArray("changes"))
        .hasSize(2);
  }

  @Test
  void a_json_patch_makes_the_later_state_of_the_earlier_one() throws Exception {
    long account = bank.createAccount();
    Instant from = database.now();
    bank.deposit(account, "50").expect(200);
    Instant to = database.now();

    Answer answer = diff(account, from, to, "Accept", JSON_PATCH).expect(200);

    assertThat(answer.header("Content-Type")).isEqualTo(JSON_PATCH);
    JsonPatch patch = MAPPER.readValue(answer.body(), JsonPatch.class);
    assertThat(patch.apply(state(account, from))).isEqualTo(state(account, to));
  }

  @Test
  void a_merge_patch_does_too() throws Exception {
    long account = bank.createAccount();
    Instant from = database.now();
    bank.deposit(account, "50").expect(200);
    Instant to = database.now();

    Answer answer = diff(account, from, to, "Accept", MERGE_PATCH).expect(200);

    assertThat(answer.header("Content-Type")).isEqualTo(MERGE_PATCH);
    JsonNode merged =
        MAPPER.readValue(answer.body(), JsonMergePatch.class).apply(state(account, from));
    assertThat(merged.get("balance").decimalValue()).isEqualByComparingTo("50");
    assertThat(merged.get("version").asInt()).isEqualTo(2);
    assertThat(merged).hasSize(4);
  }

  @Test
  void a_removal_removes_all_attributes_and_the_way_back_adds_them() {
    long account = bank.createAccount();
    Instant alive = database.now();
    bank.delete(account).expect(204);
    Instant gone = database.now();

    assertThat(diff(account, alive, gone, "Accept", JSON_PATCH).array())
        .isNotEmpty()
        .allMatch(each -> each.asJsonObject().getString("op").equals("remove"));
    assertThat(diff(account, gone, alive, "Accept", JSON_PATCH).array())
        .isNotEmpty()
        .allMatch(each -> each.asJsonObject().getString("op").equals("add"));
  }

  @Test
  void each_shape_has_its_own_etag_and_is_not_sent_twice() {
    long account = bank.createAccount();
    Instant from = database.now();
    bank.deposit(account, "50").expect(200);
    Instant to = database.now();
    String json = diff(account, from, to).header("ETag");
    String patch = diff(account, from, to, "Accept", JSON_PATCH).header("ETag");

    assertThat(json).matches("\"[^\"]+\"").isNotEqualTo(patch);
    Answer again = diff(account, from, to, "If-None-Match", json).expect(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(json);
    assertThat(again.header("Vary")).contains("Accept");
    diff(account, from, to, "Accept", JSON_PATCH, "If-None-Match", json).expect(200);
  }

  @Test
  void what_never_existed_is_unknown() {
    Instant now = database.now();

    diff(999_999_999, now, now).problem(404, "unknown-object");
  }

  @Test
  void malformed_and_future_instants_are_problems() {
    long account = bank.createAccount();
    Instant now = database.now();

    JsonObject problem =
        reader
            .get("/audit/types/Account/%d/diff".formatted(account))
            .problem(400, "malformed-parameter");
    assertThat(problem.getString("parameter")).isEqualTo("from");
    diff(account, now, now.plusSeconds(3600)).problem(400, "future-instant");
    reader.get(path(account, now) + "&to=x").problem(400, "malformed-parameter");
    diff(account, now, now, "Accept", "text/csv").problem(406, "not-acceptable");
  }

  private JsonNode state(long account, Instant asOf) throws Exception {
    return MAPPER.readTree(
        bank.state(account, asOf).expect(200).json().getJsonObject("state").toString());
  }

  private Answer diff(long account, Instant from, Instant to, String... headers) {
    return reader.get(path(account, from) + "&to=" + to, headers);
  }

  private static String path(long account, Instant from) {
    return "/audit/types/Account/%d/diff?from=%s".formatted(account, from);
  }
}

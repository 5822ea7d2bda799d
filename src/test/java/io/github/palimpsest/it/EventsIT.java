package io.github.palimpsest.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed of the demo: an account is opened, +50 for a reason, +125 in a known request. */
class EventsIT extends ServerIT {
  private static final String BATCH = "application/cloudevents-batch+json";

  private final BankClient bank = new BankClient(teller, reader, restorer);
  private final String reason = "because " + UUID.randomUUID();
  private final String trace = UUID.randomUUID().toString().replace("-", "");
  private long account;

  @BeforeEach
  void move() {
    account = bank.createAccount();
    bank.deposit(account, "50", "Audit-Reason", reason).expect(200);
    bank.deposit(account, "125", "traceparent", "00-%s-00f067aa0ba902b7-01".formatted(trace))
        .expect(200);
  }

  @Test
  void events_of_all_objects_come_by_time_and_position() {
    List<JsonObject> items = feed("from=" + first().getString("timeCreated") + "&limit=1000");

    assertThat(items).isSortedAccordingTo((one, other) -> cursor(one).compareTo(cursor(other)));
    assertThat(items).extracting(EventsIT::cursor).doesNotHaveDuplicates();
    assertThat(items).filteredOn(each -> isOfAccount(each)).isEqualTo(ofAccount());
  }

  @Test
  void an_event_is_told_as_it_is_stored() {
    JsonObject event = ofAccount().get(2);

    assertThat(event.keySet())
        .containsExactly(
            "position",
            "timeCreated",
            "transaction",
            "type",
            "id",
            "operation",
            "name",
            "source",
            "actor",
            "reason",
            "correlationId",
            "body");
    assertThat(event.getString("type")).isEqualTo("Account");
    assertThat(event.getString("reason")).isEqualTo(reason);
    assertThat(event.getString("actor")).isEqualTo("teller");
    assertThat(event.isNull("correlationId")).isTrue();
    assertThat(event.getJsonObject("body"))
        .isEqualTo(bank.events(account).get(2).getJsonObject("body"));
  }

  @Test
  void every_filter_narrows_and_all_hold_together() {
    String object = "type=Account&id=" + account;

    assertThat(feed(object)).hasSize(6);
    assertThat(feed(object + "&operation=persist&operation=update")).hasSize(3);
    assertThat(feed(object + "&name=made_deposit")).hasSize(2);
    assertThat(feed(object + "&name=made_deposit&name=created_account")).hasSize(3);
    assertThat(feed(object + "&actor=teller")).hasSize(6);
    assertThat(feed(object + "&actor=nobody")).isEmpty();
    assertThat(feed("reason=" + encoded(reason))).hasSize(2).allMatch(this::isOfAccount);
    assertThat(feed("correlationId=" + trace)).hasSize(2).allMatch(this::isOfAccount);
    assertThat(feed(object + "&transaction=" + first().getJsonNumber("transaction"))).hasSize(2);
    assertThat(feed(object + "&changed=balance")).hasSize(3);
    assertThat(feed(object + "&changed=balance&operation=update")).hasSize(2);
    assertThat(feed("type=Owner&type=Account&reason=" + encoded(reason))).hasSize(2);
    assertThat(feed("type=Owner&reason=" + encoded(reason))).isEmpty();
  }

  @Test
  void instants_are_inclusive() {
    List<JsonObject> all = ofAccount();
    String middle = all.get(2).getString("timeCreated");
    String object = "type=Account&id=" + account;

    assertThat(feed(object + "&from=" + middle)).isEqualTo(all.subList(2, 6));
    assertThat(feed(object + "&to=" + middle)).isEqualTo(all.subList(0, 4));
    assertThat(feed(object + "&from=%1$s&to=%1$s".formatted(middle))).isEqualTo(all.subList(2, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"asc", "desc"})
  void pages_follow_each_other_by_their_links(String order) {
    List<JsonObject> expected = new ArrayList<>(ofAccount());
    if (order.equals("desc")) {
      Collections.reverse(expected);
    }
    List<JsonObject> found = new ArrayList<>();

    String path = "/audit/events?type=Account&id=%d&limit=4&order=%s".formatted(account, order);
    while (path != null) {
      Answer page = reader.get(path).expect(200);
      found.addAll(page.items());
      path = page.json().getString("next", null);
      assertThat(page.header("Link"))
          .isEqualTo(path == null ? "" : "<%s>; rel=\"next\"".formatted(path));
    }

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void a_caller_goes_on_after_the_last_event_it_knows() {
    List<JsonObject> known = ofAccount();
    JsonObject last = known.get(known.size() - 1);
    String after = last.getString("timeCreated") + "_" + last.getJsonNumber("position");
    String path = "type=Account&id=%d&after=%s".formatted(account, after);
    assertThat(feed(path)).isEmpty();

    bank.withdraw(account, "75").expect(200);

    assertThat(feed(path))
        .extracting(each -> each.getString("operation"))
        .containsExactlyInAnyOrder("update", "domain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", BATCH})
  void a_page_that_is_known_is_not_sent_again(String mediaType) {
    String path = "/audit/events?type=Account&id=" + account;
    Answer page = reader.get(path, "Accept", mediaType).expect(200);
    String tag = page.header("ETag");

    assertThat(page.header("Content-Type")).isEqualTo(mediaType);
    assertThat(page.header("Vary")).isEqualTo("Accept, Accept-Encoding");
    assertThat(tag).matches("\"[^\"]+\"");
    Answer known = reader.get(path, "Accept", mediaType, "If-None-Match", tag).expect(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.header("ETag")).isEqualTo(tag);
    Answer head = reader.send("HEAD", path, null, "Accept", mediaType).expect(200);
    assertThat(head.header("ETag")).isEqualTo(tag);

    bank.deposit(account, "1").expect(200);
    reader.get(path, "Accept", mediaType, "If-None-Match", tag).expect(200);
  }

  @Test
  void cloud_events_are_what_their_sdk_reads() {
    List<JsonObject> items = ofAccount();
    Answer answer =
        reader.get("/audit/events?type=Account&id=" + account, "Accept", BATCH).expect(200);

    List<CloudEvent> events =
        answer.array().stream()
            .map(each -> new JsonFormat().deserialize(each.toString().getBytes(UTF_8)))
            .toList();

    assertThat(events)
        .extracting(CloudEvent::getId)
        .isEqualTo(items.stream().map(each -> each.getJsonNumber("position").toString()).toList());
    assertThat(answer.array().getValuesAs(JsonObject.class))
        .extracting(each -> each.getJsonObject("data"))
        .isEqualTo(items.stream().map(each -> each.getJsonObject("body")).toList());
    for (int i = 0; i < events.size(); i++) {
      assertSame(events.get(i), items.get(i));
    }
    assertThat(events)
        .extracting(CloudEvent::getType)
        .contains("io.github.palimpsest.persist", "io.github.palimpsest.domain.made_deposit");
    assertThat(events.get(2).getExtension("reason")).isEqualTo(reason);
    assertThat(events.get(4).getExtension("correlationid")).isEqualTo(trace);
  }

  private void assertSame(CloudEvent event, JsonObject item) {
    assertThat(event.getSource()).hasToString("/audit/types/Account");
    assertThat(event.getSubject()).isEqualTo(Long.toString(account));
    assertThat(event.getTime().toInstant()).isEqualTo(Instant.parse(item.getString("timeCreated")));
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("transaction"))
        .isEqualTo(item.getJsonNumber("transaction").toString());
    assertThat(event.getExtension("actor")).isEqualTo("teller");
  }

  @Test
  void who_accepts_anything_gets_json_and_who_wants_something_else_nothing() {
    assertThat(reader.get("/audit/events?limit=1", "Accept", "*/*").expect(200).items()).hasSize(1);
    reader.get("/audit/events", "Accept", "text/csv").problem(406, "not-acceptable");
  }

  @ParameterizedTest
  @CsvSource({
    "after, 17",
    "after, 2026-01-31T12:00:00.1234567Z_17",
    "after, +999999999-12-31T23:59:59Z_17",
    "from, yesterday",
    "to, 10000-01-01T00:00:00Z",
    "operation, delete",
    "order, up",
    "limit, 0",
    "transaction, first",
    "actr, teller",
    "actor, a&actor=b",
    "actor, %00",
    "type, Account&type=Owner&id=1",
    "type, &id=1",
    "id, &type=Account",
  })
  void what_is_malformed_is_named(String parameter, String value) {
    String given = value.contains("%") || value.contains("&") ? value : encoded(value);

    JsonObject problem =
        reader
            .get("/audit/events?%s=%s".formatted(parameter, given))
            .problem(400, "malformed-parameter");

    assertThat(problem.getString("parameter")).isEqualTo(parameter);
  }

  @Test
  void a_type_that_is_none_does_not_exist() {
    reader.get("/audit/events?type=Nothing").problem(404, "unknown-type");
  }

  private JsonObject first() {
    return ofAccount().get(0);
  }

  private List<JsonObject> ofAccount() {
    return feed("type=Account&id=" + account);
  }

  private boolean isOfAccount(JsonObject event) {
    return event.getString("type").equals("Account")
        && event.getString("id").equals(Long.toString(account));
  }

  private List<JsonObject> feed(String query) {
    return reader.get("/audit/events?" + query).expect(200).items();
  }

  private static String cursor(JsonObject event) {
    return "%s_%018d"
        .formatted(
            event.getString("timeCreated"), event.getJsonNumber("position").longValueExact());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}

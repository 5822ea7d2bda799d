package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.workshop.RepairResource;
import io.github.palimpsest.run.Login;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application on Hibernate, which it brings itself. Its Java code knows nothing of us; a second
 * one, with the same code, asks for its history in Java as well.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HibernateIT {
  private static final AtomicLong LAST_CUSTOMER = new AtomicLong(1000);
  private static final String LIST = "palimpsest.entities";
  private static final String WORKSHOP = "/workshop";
  private static final String PAST = "/workshoppast";
  private static final String ALONE = "/workshopalone";

  private final Http clerk = Http.nobody().as("clerk");
  private final Http reader = Http.nobody().as("audit-reader");
  private final Http restorer = Http.nobody().as("audit-restorer");
  private final Http admin = Http.nobody().as("audit-admin");

  @Deployment(name = "workshop", testable = false)
  static WebArchive workshop() {
    Login login = SharedPayara.ownDatabase("workshop");
    Database database = new Database(login, false);
    database.execute("create table if not exists tool (id bigint primary key, name varchar(255))");
    database.execute("insert into tool values (1, 'saw') on conflict do nothing");
    return application("workshop", login)
        .configured("config_ordinal=500\npalimpsest.guard=record\n" + LIST + "=all")
        .war();
  }

  @Deployment(name = "past", testable = false)
  static WebArchive past() {
    return application("workshoppast", SharedPayara.ownDatabase("workshoppast"))
        .configured(LIST + "=all")
        .war()
        .addPackages(false, "com.example.workshop.past");
  }

  /** Without a persistence context that the container manages. */
  @Deployment(name = "alone", testable = false)
  static WebArchive alone() {
    return application("workshopalone", SharedPayara.ownDatabase("workshopalone"), LIST, "all")
        .war()
        .deleteClass(RepairResource.class);
  }

  private static Adopter application(String name, Login login, String... properties) {
    return Adopter.of(name, "com.example.workshop")
        .withLiquibase()
        .withHibernate()
        .dataSource("workshop", login)
        .hibernateUnit("workshop", "workshop", "", properties);
  }

  private static Database database() {
    return database(WORKSHOP);
  }

  private static Database database(String application) {
    return new Database(SharedPayara.ownDatabase(application.substring(1)), false);
  }

  @Test
  void no_class_of_it_names_a_class_of_ours() {
    Adopter.requireNoNameOfOurs(workshop());
  }

  @Test
  void what_is_created_changed_and_deleted_has_a_history_and_comes_back() {
    long customer = customer(WORKSHOP);
    String repair = repair(WORKSHOP, customer, "chair");
    String path = WORKSHOP + "/audit/types/Repair/" + repair;
    clerk
        .send("PUT", repairs(repair) + "?title=armchair", null, "Audit-Reason", "misread")
        .expect(204);
    String asOf = now(WORKSHOP, "Repair", repair);
    clerk.delete(repairs(repair)).expect(204);

    List<JsonObject> events = events("Repair", repair);
    assertThat(events)
        .extracting(event -> event.getString("operation") + " " + event.getString("actor"))
        .containsExactly("persist clerk", "update clerk", "remove clerk");
    assertThat(events.get(1).getString("reason")).isEqualTo("misread");
    assertThat(changes(events.get(1)))
        .containsExactly("title \"chair\" -> \"armchair\"", "version 0 -> 1");
    reader.get(path).problem(410, "removed-object");
    assertThat(reader.get(path + "?asOf=" + asOf).expect(200).json().getJsonObject("state"))
        .hasToString(
            "{\"customer\":%d,\"id\":%s,\"price\":10.00,\"title\":\"armchair\",\"version\":1}"
                .formatted(customer, repair));

    JsonObject told = restorer.post(path + "/restore", restore(asOf)).expect(200).json();

    assertThat(changes(told))
        .contains("title null -> \"armchair\"", "customer null -> " + customer);
    assertThat(row(repair)).isEqualTo("armchair 10.00 " + customer);
    assertThat(events("Repair", repair)).hasSize(4);
    assertThat(repair(WORKSHOP, customer, "stool")).isNotEqualTo(repair);
  }

  @Test
  void several_flushes_leave_one_event_and_a_rollback_none() {
    String repair = repair(WORKSHOP, customer(WORKSHOP), "clock");

    clerk.post(repairs(repair) + "/prices?first=11&second=12", "").expect(204);
    clerk.post(repairs(repair) + "/prices?first=13&second=14&fail=true", "").expect(500);

    List<JsonObject> events = events("Repair", repair);
    assertThat(events).hasSize(2);
    assertThat(changes(events.get(1))).containsExactly("price 10.00 -> 12.00", "version 0 -> 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void a_transaction_of_its_own_is_captured_after_its_persistence_context_was_closed(String flush) {
    String repair = repair(WORKSHOP, customer(WORKSHOP), "lamp");
    String own = WORKSHOP + "/workshop/own/" + repair + "?flush=" + flush;

    clerk.post(own + "&price=21", "").expect(204);
    clerk.post(own + "&price=22&rollback=true", "").expect(204);

    List<JsonObject> events = events("Repair", repair);
    assertThat(events)
        .extracting(event -> event.getString("operation") + " " + event.getString("source"))
        .containsExactly("persist jpa", "update jpa");
    assertThat(changes(events.get(1))).contains("price 10.00 -> 21.00");
  }

  @Test
  void each_transaction_of_one_persistence_context_leaves_its_own_events() {
    String repair = repair(WORKSHOP, customer(WORKSHOP), "radio");

    clerk
        .post(
            WORKSHOP + "/workshop/own/%s/prices?first=31&second=32&third=33".formatted(repair), "")
        .expect(204);

    List<JsonObject> events = events("Repair", repair);
    assertThat(events).hasSize(3);
    assertThat(changes(events.get(1))).contains("price 10.00 -> 31.00");
    assertThat(changes(events.get(2))).contains("price 31.00 -> 33.00");
  }

  @Test
  void while_its_event_cannot_be_written_nothing_changes() {
    String repair = repair(PAST, customer(PAST), "glass");
    Database database = database(PAST);
    database.execute(
        "alter table palimpsest.event add constraint refuse check (object_id <> '%s') not valid"
            .formatted(repair));
    try {
      clerk.send("PUT", PAST + "/workshop/repairs/" + repair + "?title=broken", null).expect(500);
    } finally {
      database.execute("alter table palimpsest.event drop constraint refuse");
    }

    assertThat(
            database.number("select count(*) from repair where title = 'glass' and id = " + repair))
        .isEqualTo(1);
  }

  @Test
  void a_large_transaction_has_one_instant() {
    long customer = customer(PAST);

    clerk
        .post(PAST + "/workshop/repairs/many?count=10500&title=nail&customer=" + customer, "")
        .expect(204);

    assertThat(
            database(PAST)
                .rows(
                    "select count(*) || ' ' || count(distinct time_created) from palimpsest.event"
                        + " where body ->> 'customer' = '%d'".formatted(customer),
                    row -> row.getString(1)))
        .containsExactly("10500 1");
  }

  @Test
  void without_a_persistence_context_of_the_container_it_is_captured_and_restored() {
    Database database = database(ALONE);
    database.execute("insert into repair (id, title, price, version) values (7000, 'bell', 10, 0)");
    clerk.post(ALONE + "/workshop/own/7000?price=21", "").expect(204);
    String asOf = now(ALONE, "Repair", "7000");
    clerk.post(ALONE + "/workshop/own/7000?price=22", "").expect(204);

    restorer.post(ALONE + "/audit/types/Repair/7000/restore", restore(asOf)).expect(200);

    assertThat(database.number("select price from repair where id = 7000")).isEqualTo(21);
    assertThat(reader.get(ALONE + "/audit/types/Repair/7000/events").expect(200).items())
        .extracting(event -> event.getString("operation") + " " + event.get("reason"))
        .containsExactly("baseline null", "update null", "update null", "update \"needed\"");
  }

  @Test
  void masked_attributes_are_fingerprints() {
    clerk.post(PAST + "/workshop/past/safes/1?combination=1234", "").expect(204);

    assertThat(
            reader
                .get(PAST + "/audit/types/Safe/1")
                .expect(200)
                .json()
                .getJsonObject("state")
                .getString("combination"))
        .isEqualTo(fingerprint("\"1234\""));
  }

  private static String fingerprint(String json) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(SharedPayara.MASK_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "hmac-sha256:"
          + HexFormat.of().formatHex(mac.doFinal(json.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_collection_of_an_entity_without_a_version_is_captured() {
    long customer = customer(WORKSHOP);
    String phones = WORKSHOP + "/workshop/customers/" + customer + "/phones?phone=";

    clerk.post(phones + "1", "").expect(204);
    clerk.post(phones + "2", "").expect(204);

    List<JsonObject> events = events("Customer", String.valueOf(customer));
    assertThat(events).hasSize(3);
    assertThat(changes(events.get(2))).containsExactly("phones [\"1\"] -> [\"1\",\"2\"]");
  }

  @Test
  void rows_that_were_there_before_have_a_baseline_from_the_start() {
    Eventually.await(
        "the baseline at start-up",
        () -> !reader.get(WORKSHOP + "/audit/types/Tool").expect(200).items().isEmpty());

    assertThat(events("Tool", "1"))
        .extracting(event -> event.getString("operation") + " " + event.getString("source"))
        .containsExactly("baseline database");
    assertThat(state("Tool", "1")).hasToString("{\"id\":1,\"name\":\"saw\"}");
  }

  @Test
  void the_guard_that_the_start_installs_records_what_goes_past_the_session() {
    long customer = customer(WORKSHOP);
    String repair = repair(WORKSHOP, customer, "bulk" + customer);
    Eventually.await(
        "the guard at start-up",
        () ->
            database().number("select count(*) from pg_trigger where tgname like 'palimpsest%'")
                > 0);
    assertThat(admin.get(WORKSHOP + "/audit/guard").expect(200).json().toString())
        .contains("Repair", "Customer", "Tool")
        .doesNotContain("is missing");

    clerk
        .post(
            WORKSHOP
                + "/workshop/repairs/rename?from=bulk%d&to=renamed%d".formatted(customer, customer),
            "",
            "Audit-Reason",
            "all of them")
        .expect(204);
    clerk.post(repairs(repair) + "/stateless?title=stateless", "").expect(204);
    database().execute("update repair set title = 'by SQL' where id = " + repair);

    List<JsonObject> events = events("Repair", repair);
    assertThat(events)
        .extracting(event -> event.getString("operation") + " " + event.getString("source"))
        .containsExactly("persist jpa", "update database", "update database", "update database");
    assertThat(events.get(1).getString("actor")).isEqualTo("clerk");
    assertThat(events.get(1).getString("reason")).isEqualTo("all of them");
    assertThat(changes(events.get(1)))
        .contains("title \"bulk%d\" -> \"renamed%d\"".formatted(customer, customer));
    assertThat(changes(events.get(2)))
        .contains("title \"renamed%d\" -> \"stateless\"".formatted(customer));
    assertThat(events.get(3).getString("actor")).startsWith("database:");
  }

  @Test
  void what_no_trigger_saw_is_found_as_drift_and_reconciled() {
    long customer = customer(WORKSHOP);
    String type = WORKSHOP + "/audit/types/Customer";
    Database database = database();
    database.execute(
        "alter table customer disable trigger user; update customer set name = 'unseen' where id ="
            + customer
            + "; alter table customer enable trigger user");

    JsonObject drift = admin.get(type + "/drift").expect(200).json();
    assertThat(drift.getInt("different")).isEqualTo(1);
    assertThat(drift.toString()).contains("\"" + customer + "\"", "\"name\"");

    admin.post(type + "/reconcile", "{\"reason\":\"found\"}").expect(200);
    assertThat(state("Customer", String.valueOf(customer)).getString("name")).isEqualTo("unseen");
    assertThat(admin.get(type + "/drift").expect(200).json().getInt("different")).isZero();
  }

  @Test
  void states_are_filtered_ordered_expanded_and_compared() {
    long customer = customer(WORKSHOP);
    String one = repair(WORKSHOP, customer, "table");
    String other = repair(WORKSHOP, customer, "desk");
    String before = now(WORKSHOP, "Repair", other);
    clerk.send("PUT", repairs(one) + "?title=bench", null).expect(204);
    String query = "/audit/types/Repair?customer.name=c%d&orderBy=title".formatted(customer);

    assertThat(reader.get(WORKSHOP + query + "&asOf=" + before).expect(200).items())
        .extracting(state -> state.getJsonObject("state").getString("title"))
        .containsExactly("desk", "table");
    assertThat(reader.get(WORKSHOP + query + "&expand=customer").expect(200).items())
        .extracting(state -> state.getJsonObject("state").getString("title"))
        .containsExactly("bench", "desk");
    assertThat(
            reader
                .get(WORKSHOP + query + "&expand=customer")
                .expect(200)
                .items()
                .get(0)
                .getJsonObject("expanded")
                .toString())
        .contains("\"name\":\"c%d\"".formatted(customer));
    assertThat(
            reader
                .get(WORKSHOP + "/audit/types/Customer/%d/repairs".formatted(customer))
                .expect(200)
                .items())
        .hasSize(2);
    assertThat(
            reader
                .get(WORKSHOP + "/audit/types/Repair/%s/diff?from=%s".formatted(one, before))
                .expect(200)
                .body())
        .contains("\"table\"", "\"bench\"");
  }

  @Test
  void the_feed_tells_it_and_a_transaction_is_undone() {
    String repair = repair(WORKSHOP, customer(WORKSHOP), "vase");
    clerk.send("PUT", repairs(repair) + "?title=pot", null).expect(204);

    List<JsonObject> feed =
        reader.get(WORKSHOP + "/audit/events?type=Repair&id=" + repair).expect(200).items();
    assertThat(feed)
        .extracting(event -> event.getString("operation"))
        .containsExactly("persist", "update");
    String transaction = String.valueOf(feed.get(1).getJsonNumber("transaction"));
    JsonObject undone =
        restorer
            .post(
                WORKSHOP + "/audit/transactions/" + transaction + "/undo",
                "{\"reason\":\"was right\"}")
            .expect(200)
            .json();

    assertThat(undone.toString()).contains("\"pot\"", "\"vase\"");
    assertThat(row(repair)).startsWith("vase ");
    assertThat(state("Repair", repair).getString("title")).isEqualTo("vase");
  }

  @Test
  void many_come_back_in_a_job() {
    long customer = customer(WORKSHOP);
    String title = "chest" + customer;
    String workshop = WORKSHOP + "/workshop/repairs";
    clerk
        .post(workshop + "/many?count=600&customer=%d&title=%s".formatted(customer, title), "")
        .expect(204);
    String asOf = now(WORKSHOP, "Customer", String.valueOf(customer));
    clerk.delete(workshop + "?title=" + title).expect(204);
    String rows = "select count(*) from repair where title = '%s'".formatted(title);
    assertThat(database().number(rows)).isZero();

    String job =
        restorer
            .post(
                WORKSHOP + "/audit/types/Repair/restore",
                "{\"asOf\":\"%s\",\"reason\":\"needed\",\"filter\":{\"title\":\"%s\"}}"
                    .formatted(asOf, title),
                "Prefer",
                "respond-async")
            .expect(202)
            .header("Location");
    Eventually.await(
        "the job", () -> !List.of("queued", "running").contains(job(job).getString("state")));

    assertThat(job(job).getString("state")).as(job(job).toString()).isEqualTo("done");
    assertThat(database().number(rows)).isEqualTo(600);
    assertThat(
            reader.get(WORKSHOP + "/audit/types/Repair?title=%s&limit=1".formatted(title)).items())
        .hasSize(1);
  }

  @Test
  void snapshots_are_taken() {
    String repair = repair(WORKSHOP, customer(WORKSHOP), "t");
    for (int i = 0; i < SharedPayara.SNAPSHOT_EVERY; i++) {
      clerk.send("PUT", repairs(repair) + "?title=t" + i, null).expect(204);
    }

    Eventually.await(
        "a snapshot",
        () ->
            database()
                    .number(
                        "select count(*) from palimpsest.snapshot where object_id = '%s' and"
                                .formatted(repair)
                            + " state ->> 'price' = '10.00'")
                > 0);
    assertThat(state("Repair", repair).getString("title"))
        .isEqualTo("t" + (SharedPayara.SNAPSHOT_EVERY - 1));
  }

  @Test
  void java_asks_for_the_past() {
    long customer = customer(PAST);
    String repair = repair(PAST, customer, "boat");
    String asOf = now(PAST, "Repair", repair);
    clerk.send("PUT", PAST + "/workshop/repairs/" + repair + "?title=ship", null).expect(204);
    repair(PAST, customer, "oar");
    String past = PAST + "/workshop/past/";

    assertThat(clerk.get(past + "repairs/%s?asOf=%s".formatted(repair, asOf)).expect(200).body())
        .isEqualTo("boat of c" + customer);
    assertThat(
            clerk
                .get(past + "customers/%d/repairs?asOf=%s".formatted(customer, asOf))
                .expect(200)
                .body())
        .isEqualTo("1");
    assertThat(
            clerk.get(past + "repairs/%s/diff?from=%s".formatted(repair, asOf)).expect(200).body())
        .isEqualTo("title,version");
    assertThat(clerk.get(past + "repairs/%s/titles".formatted(repair)).expect(200).body())
        .contains("boat", "ship");

    clerk.post(past + "repairs/%s?asOf=%s".formatted(repair, asOf), "").expect(204);
    assertThat(
            reader
                .get(PAST + "/audit/types/Repair/" + repair)
                .expect(200)
                .json()
                .getJsonObject("state")
                .getString("title"))
        .isEqualTo("boat");
  }

  @Test
  void java_appends_to_what_hibernate_has_not_loaded() {
    long customer = customer(PAST);
    String repair = repair(PAST, customer, "violin");

    clerk
        .post(PAST + "/workshop/past/repairs/%s/calls?about=strings".formatted(repair), "")
        .expect(204);

    List<JsonObject> events =
        reader
            .get(PAST + "/audit/types/Customer/%d/events?operation=domain".formatted(customer))
            .expect(200)
            .items();
    assertThat(events)
        .extracting(event -> event.getString("name") + event.getJsonObject("body"))
        .containsExactly("called{\"type\":\"called\",\"about\":\"strings\"}");
  }

  private long customer(String application) {
    long id = LAST_CUSTOMER.incrementAndGet();
    clerk.post(application + "/workshop/customers/%d?name=c%d".formatted(id, id), "").expect(204);
    return id;
  }

  private String repair(String application, long customer, String title) {
    return clerk
        .post(
            application
                + "/workshop/repairs?customer=%d&title=%s&price=10".formatted(customer, title),
            "")
        .expect(200)
        .body();
  }

  private static String repairs(String id) {
    return WORKSHOP + "/workshop/repairs/" + id;
  }

  private String now(String application, String type, String id) {
    return reader
        .get(application + "/audit/types/%s/%s/attributes".formatted(type, id))
        .expect(200)
        .json()
        .getString("asOf");
  }

  private List<JsonObject> events(String type, String id) {
    return reader
        .get(WORKSHOP + "/audit/types/%s/%s/events".formatted(type, id))
        .expect(200)
        .items();
  }

  private JsonObject state(String type, String id) {
    return reader
        .get(WORKSHOP + "/audit/types/%s/%s".formatted(type, id))
        .expect(200)
        .json()
        .getJsonObject("state");
  }

  private JsonObject job(String location) {
    return restorer.get(location).expect(200).json();
  }

  private static String row(String repair) {
    return database()
        .rows(
            "select title || ' ' || price || ' ' || customer_id from repair where id = " + repair,
            row -> row.getString(1))
        .get(0);
  }

  private static List<String> changes(JsonObject event) {
    return event.getJsonArray("changes").getValuesAs(JsonObject.class).stream()
        .map(
            change ->
                "%s %s -> %s"
                    .formatted(change.getString("attribute"), change.get("old"), change.get("new")))
        .toList();
  }

  private static String restore(String asOf) {
    return "{\"asOf\":\"%s\",\"reason\":\"needed\"}".formatted(asOf);
  }
}

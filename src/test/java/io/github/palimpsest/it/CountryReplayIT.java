package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 14 years of real changes are replayed once; the tests only read, or put back what they break. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CountryReplayIT extends ServerIT {
  private static final System.Logger LOG = System.getLogger(CountryReplayIT.class.getName());
  private static final Countries COUNTRIES = Countries.besideTheProject();
  private static final long SEED = 20261125;
  private static final String SNAPSHOTS =
      "select count(*) from palimpsest.snapshot s join palimpsest.content_type c"
          + " on c.id = s.content_type_id where c.name = 'Country'";

  /** Epoch second of a commit in the data to the instant right after it was replayed. */
  private final TreeMap<Integer, Instant> replayed = new TreeMap<>();

  /** What was answered right after the replay, with the snapshots taken while it went on. */
  private Map<Integer, Map<String, Map<String, @Nullable Object>>> rebuiltAtOnce = Map.of();

  private long snapshotsAtOnce;

  @BeforeEach
  void requireData() {
    assumeTrue(COUNTRIES.exist(), () -> "there is no folder " + COUNTRIES.folder());
  }

  @BeforeAll
  void replay() {
    if (!COUNTRIES.exist()) {
      return; // each test says so
    }
    Instant begin = Instant.now();
    for (List<JsonObject> transaction : COUNTRIES.transactions()) {
      http.post("/replay/countries", Json.createArrayBuilder(transaction).build().toString())
          .expect(204);
      replayed.put(transaction.get(0).getInt("at"), database.now());
    }
    log("Replayed", COUNTRIES.changes().size(), "changes", Duration.between(begin, Instant.now()));
    snapshotsAtOnce = database.number(SNAPSHOTS);
    rebuiltAtOnce = rebuilt();
  }

  @Test
  void every_state_equals_the_oracle_with_the_snapshots_taken_during_the_replay() {
    assertThat(snapshotsAtOnce).isPositive();
    assertThat(rebuiltAtOnce).isEqualTo(COUNTRIES.oracles());
  }

  @Test
  void every_state_equals_the_oracle_without_snapshots() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(hashtext('palimpsest.snapshot'))");
      database.execute("delete from palimpsest.snapshot");

      assertThat(rebuilt()).isEqualTo(COUNTRIES.oracles());
      assertThat(database.number(SNAPSHOTS)).isZero();
    }
  }

  @Test
  void every_state_equals_the_oracle_with_snapshots_taken_after_the_replay() {
    database.execute(
        "delete from palimpsest.snapshot; update palimpsest.snapshot_progress set event_id = 0");
    Eventually.await(
        "that the timer has looked at every event",
        () ->
            database.number(
                    "select count(*) from palimpsest.event e, palimpsest.snapshot_progress p"
                        + " where e.id > p.event_id and e.operation <> 'domain'")
                == 0);

    assertThat(database.number(SNAPSHOTS)).isGreaterThan(500);
    assertThat(rebuilt()).isEqualTo(COUNTRIES.oracles());
  }

  @Test
  void each_transaction_has_one_stamp_its_actor_and_its_reason() {
    Map<String, Long> expected =
        effects().stream()
            .map(Effect::change)
            .map(change -> change.getString("actor") + " " + change.getString("commit") + " 1")
            .collect(
                Collectors.groupingBy(each -> each, LinkedHashMap::new, Collectors.counting()));

    Map<String, Long> actual = new LinkedHashMap<>();
    database.rows(
        """
        select e.actor, e.reason, count(distinct e.time_created), count(*)
        from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
        where c.name = 'Country' and e.time_created <= ?::timestamptz
        group by e.transaction_id, e.actor, e.reason order by min(e.id)
        """,
        row ->
            actual.put(
                "%s %s %d".formatted(row.getString(1), row.getString(2), row.getInt(3)),
                row.getLong(4)),
        end().toString());

    assertThat(List.copyOf(actual.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
  }

  @Test
  void each_event_holds_exactly_what_its_change_changed() {
    Map<String, List<String>> expected = new TreeMap<>();
    for (Effect effect : effects()) {
      expected
          .computeIfAbsent(effect.change().getString("id"), each -> new ArrayList<>())
          .add(effect.change().getString("op") + " " + effect.attributes());
    }

    Map<String, List<String>> actual = new TreeMap<>();
    database.rows(
        """
        select e.object_id, e.operation, e.body
        from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
        where c.name = 'Country' and e.time_created <= ?::timestamptz order by e.id
        """,
        row ->
            actual
                .computeIfAbsent(row.getString(1), each -> new ArrayList<>())
                .add(
                    row.getString(2)
                        + " "
                        + Countries.comparable(Countries.object(row.getString(3)))),
        end().toString());

    expected.forEach((id, events) -> assertThat(actual.get(id)).as(id).isEqualTo(events));
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
  }

  @Test
  void a_country_that_was_removed_and_created_again_is_gone_in_between() {
    String bonaire = "/audit/types/Country/BES?asOf=";

    reader.get(bonaire + at(1428241070, -1)).expect(200);
    reader.get(bonaire + at(1428241070, 0)).problem(410, "removed-object");
    reader.get(bonaire + at(1517670591, -1)).problem(410, "removed-object");
    reader.get(bonaire + at(1517670591, 0)).expect(200);
  }

  @Test
  void filtered_states_are_those_of_the_oracle_that_match() {
    Collection<Map<String, @Nullable Object>> newest =
        COUNTRIES.oracles().lastEntry().getValue().values();

    assertThat(states("region=Europe&asOf=" + end()).values())
        .containsExactlyElementsOf(
            newest.stream().filter(each -> "Europe".equals(each.get("region"))).toList());
    assertThat(states("landlocked=true&asOf=" + end()).values())
        .hasSizeGreaterThan(40)
        .allSatisfy(each -> assertThat(each).containsEntry("landlocked", JsonValue.TRUE));
    assertThat(states("area=180.0&asOf=" + end()).keySet()).containsExactly("ABW");
    assertThat(states("name.common=Chile&asOf=" + end()).keySet()).containsExactly("CHL");
    assertThat(states("demonym=nobody&asOf=" + end())).isEmpty();
  }

  @Test
  void small_pages_hold_every_state_once_and_in_order() {
    List<String> ids = new ArrayList<>();
    String next = "/audit/types/Country?limit=7&asOf=" + end();
    while (next != null) {
      JsonObject page = reader.get(next).expect(200).json();
      assertThat(page.getJsonArray("items").size()).isBetween(1, 7);
      page.getJsonArray("items")
          .getValuesAs(JsonObject.class)
          .forEach(item -> ids.add(item.getString("id")));
      next = page.getString("next", null);
    }

    assertThat(ids).containsExactlyElementsOf(COUNTRIES.oracles().lastEntry().getValue().keySet());
  }

  @Test
  void small_pages_of_events_tell_the_same_as_one_page_and_each_change_follows_on() {
    String events = "/audit/types/Country/FRA/events";
    List<JsonObject> all = reader.get(events + "?limit=1000").expect(200).items();
    List<JsonObject> paged = new ArrayList<>();
    String next = events + "?limit=3";
    while (next != null) {
      JsonObject page = reader.get(next).expect(200).json();
      paged.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      next = page.getString("next", null);
    }

    assertThat(all).hasSizeGreaterThan(30);
    assertThat(paged).isEqualTo(all);
    Map<String, JsonValue> state = new HashMap<>();
    for (JsonObject event : all) {
      for (JsonObject change : event.getJsonArray("changes").getValuesAs(JsonObject.class)) {
        JsonValue before =
            Objects.requireNonNullElse(
                state.put(
                    change.getString("attribute"), change.getOrDefault("new", JsonValue.NULL)),
                JsonValue.NULL);
        assertThat(change.get("old")).as(event.toString()).isEqualTo(before);
      }
    }
    assertThat(Countries.comparable(Json.createObjectBuilder(Map.copyOf(state)).build()))
        .isEqualTo(COUNTRIES.oracles().lastEntry().getValue().get("FRA"));
  }

  @Test
  void after_truncate_all_countries_come_back() {
    Map<String, Map<String, @Nullable Object>> newest = COUNTRIES.oracles().lastEntry().getValue();
    assertThat(live()).isEqualTo(newest);

    database.execute("truncate country cascade");
    assertThat(live()).isEmpty();

    Instant begin = Instant.now();
    JsonObject restored = restoreAll(end(), false);
    log("Restored", newest.size(), "countries", Duration.between(begin, Instant.now()));

    assertThat(ids(restored)).isEqualTo(newest.keySet());
    assertThat(live()).isEqualTo(newest);
    assertThat(states(database.now())).isEqualTo(newest);
  }

  @Test
  void restoring_an_old_instant_and_the_newest_again_changes_what_differs() {
    TreeMap<Integer, Map<String, Map<String, @Nullable Object>>> oracles = COUNTRIES.oracles();
    Map<String, Map<String, @Nullable Object>> newest = oracles.lastEntry().getValue();
    int middle = new ArrayList<>(oracles.keySet()).get(oracles.size() / 2);
    Map<String, Map<String, @Nullable Object>> old = oracles.getOrDefault(middle, Map.of());

    JsonObject dryRun = restoreAll(Objects.requireNonNull(replayed.get(middle)), true);
    assertThat(live()).isEqualTo(newest);

    JsonObject back = restoreAll(Objects.requireNonNull(replayed.get(middle)), false);
    Map<String, Map<String, @Nullable Object>> expected = new TreeMap<>(newest);
    expected.putAll(old);
    assertThat(live()).isEqualTo(expected);
    assertThat(back.getJsonArray("items")).isEqualTo(dryRun.getJsonArray("items"));

    restoreAll(end(), false);
    assertThat(live()).isEqualTo(newest);
    assertThat(restoreAll(end(), false).getJsonArray("items")).isEmpty();
    assertThat(states(database.now())).isEqualTo(newest);
  }

  @Test
  void every_oracle_comes_back_exactly_in_random_order_and_the_newest_at_last() {
    TreeMap<Integer, Map<String, Map<String, @Nullable Object>>> oracles = COUNTRIES.oracles();
    List<Integer> order = new ArrayList<>(oracles.keySet());
    Collections.shuffle(order, new Random(SEED));
    order.add(oracles.lastKey());
    Instant begin = Instant.now();

    for (int at : order) {
      Instant asOf = Objects.requireNonNull(replayed.get(at));
      JsonObject dryRun = restoreExactly(asOf, true);
      JsonObject restored = restoreExactly(asOf, false);

      assertThat(live()).as("oracle %d, seed %d", at, SEED).isEqualTo(oracles.get(at));
      assertThat(restored.get("items")).isEqualTo(dryRun.get("items"));
    }

    log("Went through", order.size(), "oracles", Duration.between(begin, Instant.now()));
    assertThat(states(database.now())).isEqualTo(oracles.lastEntry().getValue());
  }

  private JsonObject restoreExactly(Instant asOf, boolean dryRun) {
    return restorer
        .post(
            "/audit/types/Country/restore",
            "{\"asOf\":\"%s\",\"reason\":\"round trip\",\"exact\":true,\"dryRun\":%s}"
                .formatted(asOf, dryRun))
        .expect(200)
        .json();
  }

  private Map<Integer, Map<String, Map<String, @Nullable Object>>> rebuilt() {
    Instant begin = Instant.now();
    Map<Integer, Map<String, Map<String, @Nullable Object>>> rebuilt = new TreeMap<>();
    for (int at : COUNTRIES.oracles().keySet()) {
      rebuilt.put(at, states(Objects.requireNonNull(replayed.get(at))));
    }
    int states = rebuilt.values().stream().mapToInt(Map::size).sum();
    log("Rebuilt", states, "states", Duration.between(begin, Instant.now()));
    return rebuilt;
  }

  /** Returns the instant right after a commit, or after one so many before or after it. */
  private Instant at(int epochSecond, int commits) {
    List<Integer> all = List.copyOf(replayed.keySet());
    return Objects.requireNonNull(replayed.get(all.get(all.indexOf(epochSecond) + commits)));
  }

  private Map<String, Map<String, @Nullable Object>> states(Instant asOf) {
    return states("asOf=" + asOf);
  }

  private Map<String, Map<String, @Nullable Object>> states(String query) {
    Map<String, Map<String, @Nullable Object>> states = new TreeMap<>();
    String next = "/audit/types/Country?limit=100&" + query;
    while (next != null) {
      JsonObject page = reader.get(next).expect(200).json();
      for (JsonObject item : page.getJsonArray("items").getValuesAs(JsonObject.class)) {
        assertThat(item.getString("operation")).isNotEqualTo("remove");
        states.put(item.getString("id"), Countries.comparable(item.getJsonObject("state")));
      }
      next = page.getString("next", null);
    }
    return states;
  }

  private Map<String, Map<String, @Nullable Object>> live() {
    return Countries.comparable(http.get("/replay/countries").expect(200).array());
  }

  private JsonObject restoreAll(Instant asOf, boolean dryRun) {
    return restorer
        .post(
            "/audit/types/Country/restore",
            "{\"asOf\":\"%s\",\"reason\":\"after an accident\",\"dryRun\":%s}"
                .formatted(asOf, dryRun))
        .expect(200)
        .json();
  }

  private static Set<String> ids(JsonObject restored) {
    return restored.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("id"))
        .collect(Collectors.toSet());
  }

  private Instant end() {
    return replayed.lastEntry().getValue();
  }

  /**
   * Returns the changes that change something stored, each with the attributes that its event
   * holds. Of the 8,918 updates of the data two do not: they replace an embeddable that is null by
   * one whose every attribute is, or the other way round.
   */
  private static List<Effect> effects() {
    Map<String, Map<String, @Nullable Object>> states = new HashMap<>();
    List<Effect> effects = new ArrayList<>();
    for (JsonObject change : COUNTRIES.changes()) {
      Map<String, @Nullable Object> after =
          change.isNull("state") ? Map.of() : Countries.comparable(change.getJsonObject("state"));
      Map<String, @Nullable Object> before =
          Objects.requireNonNullElse(states.put(change.getString("id"), after), Map.of());
      Map<String, @Nullable Object> attributes = new TreeMap<>(after);
      if (change.getString("op").equals("update")) {
        attributes.entrySet().removeIf(each -> before.entrySet().contains(each));
      }
      if (!attributes.isEmpty() || change.isNull("state")) {
        effects.add(new Effect(change, attributes));
      }
    }
    return effects;
  }

  private record Effect(JsonObject change, Map<String, @Nullable Object> attributes) {}

  private static void log(String what, int number, String unit, Duration time) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0} {1} {2} in {3} ms: {4} a second",
        what,
        number,
        unit,
        time.toMillis(),
        number * 1000L / Math.max(1, time.toMillis()));
  }
}

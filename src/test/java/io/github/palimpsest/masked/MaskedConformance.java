package io.github.palimpsest.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.Change;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Rows;
import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.run.Login;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Masked attributes in events, states and restores, the same on every JPA provider. */
abstract class MaskedConformance {
  /** HMAC-SHA-256 of {@code "4711"} with the key of the persistence unit, by another program. */
  private static final String OF_4711 =
      "hmac-sha256:39f8963e9ade39d8c8fd4ee8e6f6c7228ef271b3fffcfdd7e3bcd2ab59ccdcf2";

  final JpaProvider provider;
  TestUnit unit;
  Rebuilder rebuilder;

  MaskedConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "masked");
    rebuilder = unit.rebuilder();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void an_event_holds_the_fingerprint_of_the_json_text() {
    persist(card -> card.number = "4711");

    assertThat(value("number")).isEqualTo("\"%s\"".formatted(OF_4711));
  }

  @Test
  void nothing_of_the_values_is_in_the_database_but_in_their_own_tables() {
    persist(MaskedConformance::fill);
    change(card -> card.notes.add("secret of the change"));

    assertThat(
            unit.database()
                .rows("select body from palimpsest.event where body::text like '%ecret%'"))
        .isEmpty();
    for (String masked : List.of("number", "ceiling", "parent", "notes", "tags", "answers")) {
      assertThat(value(masked)).startsWith("\"hmac-sha256:").hasSize(64 + 14);
    }
    assertThat(value("contact"))
        .startsWith("{\"phone\":\"hmac-sha256:")
        .endsWith("\"street\":\"Main Street\"}");
    assertThat(value("others"))
        .startsWith("[{\"phone\":\"hmac-sha256:")
        .endsWith("\"street\":\"Side Street\"}]");
  }

  @Test
  void null_stays_null() {
    persist(card -> card.contact = new Contact("Main Street", null));

    assertThat(value("number")).isEqualTo("null");
    assertThat(value("parent")).isEqualTo("null");
    assertThat(value("contact")).isEqualTo("{\"phone\":null,\"street\":\"Main Street\"}");
  }

  @Test
  void a_change_is_visible_and_the_same_value_is_no_change() {
    persist(card -> card.number = "4711");
    change(card -> card.number = "4712");
    change(card -> card.number = new String(new char[] {'4', '7', '1', '2'}));
    change(card -> card.number = "4711");

    List<Change> changes =
        rebuilder.events(new StreamId("Card", "1"), 0, 10, event -> true).stream()
            .skip(1)
            .flatMap(event -> event.changes().stream())
            .toList();
    assertThat(changes).hasSize(2);
    assertThat(changes.get(1).after()).isEqualTo(changes.get(0).before());
    assertThat(((JsonString) changes.get(1).after()).getString()).isEqualTo(OF_4711);
  }

  @Test
  void decimals_of_one_value_have_one_fingerprint() {
    persist(card -> card.ceiling = new BigDecimal("100"));
    String before = value("ceiling");
    change(card -> card.ceiling = new BigDecimal("100.0"));

    assertThat(value("ceiling")).isEqualTo(before);
  }

  @Test
  void an_annotated_getter_masks_as_well() {
    unit.commit(em -> em.persist(new Voucher(1, "4711")));

    assertThat(unit.database().rows("select body->>'code' from palimpsest.event"))
        .containsExactly(OF_4711);
  }

  @Test
  void an_entity_of_the_past_has_the_defaults() {
    persist(MaskedConformance::fill);
    EntityModels models = provider.models(unit.factory());

    Card card =
        (Card)
            models.of("Card").orElseThrow().instantiate(state("Card").attributes(), models::stub);

    assertThat(card.holder).isEqualTo("Ada");
    assertThat(card.number).isNull();
    assertThat(card.notes).isEmpty();
    assertThat(Objects.requireNonNull(card.contact).street).isEqualTo("Main Street");
    assertThat(card.contact.phone).isNull();
  }

  @Test
  void a_restore_leaves_them_as_they_are_and_names_those_that_differ() {
    persist(MaskedConformance::fill);
    Instant then = rebuilder.settled(null);
    change(
        card -> {
          card.holder = "Grace";
          card.number = "another";
          card.tags.add("another");
          card.contact = new Contact("Other Street", "another");
        });

    Restored dryRun = restore("Card", then, true);
    Restored restored = restore("Card", then, false);

    assertThat(restored.changes())
        .extracting(Change::attribute)
        .containsExactly("contact", "holder");
    assertThat(restored.notRestored()).containsExactly("contact.phone", "number", "tags");
    assertThat(dryRun.changes()).isEqualTo(restored.changes());
    assertThat(dryRun.notRestored()).isEqualTo(restored.notRestored());
    assertThat(unit.database().rows("select holder, number, street, phone from card where id = 1"))
        .containsExactly("Ada another Main Street another");
    assertThat(unit.database().rows("select count(*) from card_tags")).containsExactly("2");
    assertThat(unit.database().rows("select count(*) from card_notes")).containsExactly("1");
  }

  @Test
  void a_restore_that_finds_nothing_else_to_do_names_them() {
    persist(card -> card.number = "4711");
    Instant then = rebuilder.settled(null);
    change(card -> card.number = "4712");

    Restored restored = restore("Card", then, false);

    assertThat(restored.changes()).isEmpty();
    assertThat(restored.notRestored()).containsExactly("number");
    assertThat(unit.database().rows("select count(*) from palimpsest.event")).containsExactly("2");
  }

  @Test
  void a_removed_object_comes_back_without_them() {
    persist(MaskedConformance::fill);
    Instant then = rebuilder.settled(null);
    unit.commit(em -> em.remove(em.find(Card.class, 1L)));

    Restored restored = restore("Card", then, false);

    assertThat(restored.notRestored())
        .containsExactly(
            "answers", "ceiling", "contact.phone", "notes", "number", "others", "parent", "tags");
    assertThat(unit.database().rows("select holder, number, street, phone from card where id = 1"))
        .containsExactly("Ada null Main Street null");
  }

  @Test
  void a_removed_object_that_needs_one_is_not_restored() {
    unit.commit(em -> em.persist(new Voucher(1, "4711")));
    Instant then = rebuilder.settled(null);
    unit.commit(em -> em.remove(em.find(Voucher.class, 1L)));

    assertThat(restore("Voucher", then, true).notRestored()).containsExactly("code");
    assertThatThrownBy(() -> restore("Voucher", then, false)).hasStackTraceContaining("null");
    assertThat(unit.database().rows("select count(*) from voucher")).containsExactly("0");
    assertThat(unit.database().rows("select count(*) from palimpsest.event")).containsExactly("2");
  }

  @Test
  void without_a_key_the_unit_does_not_start() {
    assertThatThrownBy(() -> start("unkeyed", Map.of()))
        .hasStackTraceContaining(
            "attribute code of io.github.palimpsest.masked.Voucher is @Masked: needs the key"
                + " palimpsest.mask.key, which is not configured");
  }

  @Test
  void with_a_short_key_the_unit_does_not_start() {
    assertThatThrownBy(() -> start("unkeyed", Map.of("palimpsest.mask.key", "too short")))
        .hasStackTraceContaining("palimpsest.mask.key must have at least 32 bytes, has 9");
  }

  @Test
  void an_id_is_refused() {
    assertThatThrownBy(() -> start("masked-id", Map.of()))
        .hasStackTraceContaining(
            "attribute number of io.github.palimpsest.masked.Badge belongs to its id and cannot be"
                + " @Masked");
  }

  private void start(String entities, Map<String, String> properties) {
    try (TestUnit started = TestUnit.open(provider, entities, TestDatabase.create(), properties)) {
      provider.models(started.factory());
    }
  }

  static void fill(Card card) {
    card.holder = "Ada";
    card.number = "secret number";
    card.ceiling = new BigDecimal("1000.5");
    card.parent = card;
    card.contact = new Contact("Main Street", "secret phone");
    card.notes.add("secret \"note\"");
    card.tags.add("secret tag");
    card.answers.put("pet", "secret cat");
    card.answers.put("pet!", "secret dog");
    card.others.add(new Contact("Side Street", "secret other"));
  }

  void persist(Consumer<Card> fill) {
    Card card = new Card(1);
    fill.accept(card);
    unit.commit(em -> em.persist(card));
  }

  private void change(Consumer<Card> change) {
    unit.commit(em -> change.accept(Objects.requireNonNull(em.find(Card.class, 1L))));
  }

  private String value(String attribute) {
    JsonValue value = Objects.requireNonNull(state("Card").attributes().get(attribute));
    return value.toString();
  }

  private State state(String type) {
    return rebuilder.at(new StreamId(type, "1"), Bound.none()).orElseThrow();
  }

  private Restored restore(String type, Instant asOf, boolean dryRun) {
    Restore wanted = Restore.to(asOf, "because");
    return unit.call(
            em ->
                new Restorer(rebuilder, provider.live(em))
                    .restore(
                        new StreamId(type, "1"),
                        dryRun ? wanted.dryRun() : wanted,
                        OptionalLong.empty()))
        .objects()
        .get(0);
  }

  @Test
  void sql_reads_the_same_fingerprints_from_the_rows() throws SQLException {
    setKey("0123456789abcdef0123456789abcdef");
    persist(MaskedConformance::fill);
    unit.commit(em -> em.persist(new Card(2)));

    assertThat(LiveStates.read(unit.database(), rows()).differences(states())).isEmpty();
  }

  @Test
  void sql_reads_others_with_another_key() throws SQLException {
    setKey("another key of thirty-two bytes, at least");
    persist(MaskedConformance::fill);

    assertThat(LiveStates.read(unit.database(), rows()).differences(states()))
        .extracting(difference -> difference.substring(0, difference.indexOf(':')))
        .containsExactly(
            "1.answers",
            "1.ceiling",
            "1.contact",
            "1.notes",
            "1.number",
            "1.others",
            "1.parent",
            "1.tags");
  }

  @Test
  void sql_reads_nothing_without_a_key() {
    persist(MaskedConformance::fill);

    assertThatThrownBy(() -> LiveStates.read(unit.database(), rows()))
        .hasStackTraceContaining("there is no key of masked attributes");
  }

  private Stream<State> states() {
    return rebuilder.all("Card", rebuilder.settled(null), "");
  }

  private Rows rows() {
    return provider
        .sql(unit.factory(), provider.models(unit.factory()).of("Card").orElseThrow())
        .asRows();
  }

  private void setKey(String key) throws SQLException {
    Login login = unit.database().login();
    try (Connection owner =
        DriverManager.getConnection(login.url(), login.owner(), login.ownerPassword())) {
      SchemaMigration.maskKey(owner, key);
    }
  }
}

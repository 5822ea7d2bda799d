package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Masked attributes and states of an older class, on the server. */
class CardIT extends ServerIT {
  private static final AtomicLong LAST_CARD = new AtomicLong(8_000_000);

  private final Http admin = http.as("admin");
  private final long card = LAST_CARD.incrementAndGet();
  private final String path = "/audit/types/Card/" + card;

  @Test
  void a_state_of_an_older_class_is_upcast() {
    writeAsFirstVersion("persist", "{\"id\":%d,\"owner\":\"Ada\",\"number\":null}");
    writeAsFirstVersion("update", "{\"owner\":\"Grace\"}");

    JsonObject answer = reader.get(path).expect(200).json();
    List<JsonObject> events = reader.get(path + "/events").expect(200).items();

    assertThat(answer.getInt("schemaVersion")).isEqualTo(2);
    assertThat(answer.get("state"))
        .hasToString("{\"holder\":\"Grace\",\"id\":%d,\"number\":null}".formatted(card));
    assertThat(events.get(1).get("changes"))
        .hasToString("[{\"attribute\":\"holder\",\"old\":\"Ada\",\"new\":\"Grace\"}]");
    assertThat(events.get(1).get("body")).hasToString("{\"owner\":\"Grace\"}");
  }

  @Test
  void a_restore_tells_what_it_cannot_bring_back() {
    writeAsFirstVersion("persist", "{\"id\":%d,\"owner\":\"Ada\",\"number\":\"hmac-sha256:00\"}");
    String asOf = reader.get(path + "/attributes").expect(200).json().getString("asOf");

    JsonObject dryRun = restore(asOf, true).expect(200).json();
    JsonObject restored = restore(asOf, false).expect(200).json();

    assertThat(dryRun.get("notRestored")).hasToString("[\"number\"]");
    assertThat(restored.get("notRestored")).hasToString("[\"number\"]");
    assertThat(database.rows("select holder from card where id = ?", row -> row.getString(1), card))
        .containsExactly("Ada");
  }

  @Test
  void a_restore_is_refused_where_the_column_takes_no_null() {
    writeAsFirstVersion("persist", "{\"id\":%d,\"owner\":\"Ada\",\"number\":\"hmac-sha256:00\"}");
    String asOf = reader.get(path + "/attributes").expect(200).json().getString("asOf");
    database.execute("update card set number = '' where number is null");
    database.execute("alter table card alter number set not null");
    try {
      JsonObject problem = restore(asOf, false).problem(409, "constraint");

      assertThat(problem.getString("detail"))
          .isEqualTo("The database does not take null for column number; nothing was changed.");
    } finally {
      database.execute("alter table card alter number drop not null");
    }
    assertThat(database.number("select count(*) from card where id = ?", card)).isZero();
  }

  @Test
  void a_filter_would_confirm_guesses() {
    JsonObject problem =
        reader.get("/audit/types/Card?number=4711").problem(400, "malformed-parameter");

    assertThat(problem.getString("detail")).isEqualTo("number is masked and cannot be compared.");
  }

  @Test
  void the_database_makes_the_same_fingerprint() throws GeneralSecurityException {
    database.execute("insert into card values (%d, 'Ada', '4711')".formatted(card));

    admin.post("/audit/types/Card/baseline", "{\"reason\":\"history begins\"}").expect(200);

    assertThat(reader.get(path).expect(200).json().getJsonObject("state").getString("number"))
        .isEqualTo("hmac-sha256:" + hmac("\"4711\""));
  }

  private Answer restore(String asOf, boolean dryRun) {
    return restorer.post(
        path + "/restore",
        "{\"asOf\":\"%s\",\"reason\":\"because\",\"dryRun\":%s}".formatted(asOf, dryRun));
  }

  private void writeAsFirstVersion(String operation, String body) {
    database.execute(
        """
        insert into palimpsest.event (content_type_id, object_id, operation, source, time_created,
          transaction_id, actor, schema_version, body)
        select id, '%d', '%s', 'jpa', palimpsest.stamp(), pg_current_xact_id()::text::bigint, 'ada',
          1, '%s'
        from palimpsest.content_type where name = 'Card'
        """
            .formatted(card, operation, body.formatted(card)));
  }

  private static String hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            SharedPayara.MASK_KEY.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}

package io.github.palimpsest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application and the database make the same fingerprints. */
class MaskKeyDatabaseTest {
  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\"4711\"",
          "\"Öl 😀\"",
          "[]",
          "[1.50]",
          "{\"a\":null}",
          "true",
          "0",
          "-0.00",
          "100",
          "100.000",
          "1.50",
          "-1.5",
          "\"-1.50\"");

  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 63, 64, 65, 200})
  void with_a_key_of_any_length(int length) throws SQLException {
    String key = "käse".repeat(50).substring(0, length);
    setKey(key);

    for (String text : TEXTS) {
      assertThat(database.rows("select palimpsest.fingerprint('%s')".formatted(text)))
          .as(text)
          .containsExactly(MaskKey.of(key).fingerprint(text));
    }
  }

  @Test
  void a_number_counts_by_its_value_and_a_text_by_its_characters() {
    MaskKey key = MaskKey.of("k".repeat(32));

    assertThat(key.fingerprint("1.50")).isEqualTo(key.fingerprint("1.5"));
    assertThat(key.fingerprint("\"1.50\"")).isNotEqualTo(key.fingerprint("\"1.5\""));
  }

  @Test
  void in_java_se_it_may_be_a_property_of_the_system() {
    String text = "a key among the properties of the system";
    System.setProperty("palimpsest.mask.key", text);
    try {
      assertThat(MaskKey.configured(null).fingerprint("1"))
          .isEqualTo(MaskKey.of(text).fingerprint("1"));
    } finally {
      System.clearProperty("palimpsest.mask.key");
    }
  }

  @Test
  void a_short_key_is_refused_by_both() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskKey.of("k".repeat(31)))
        .withMessage("palimpsest.mask.key must have at least 32 bytes, has 31");
    assertThatThrownBy(() -> setKey("k".repeat(31)))
        .hasMessageContaining("must have at least 32 bytes, has 31");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from palimpsest.mask_key",
        "delete from palimpsest.mask_key",
        "select palimpsest.set_mask_key(repeat('x', 32))"
      })
  void the_application_role_may_not(String statement) {
    assertThatThrownBy(() -> database.execute(statement))
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static void setKey(String key) throws SQLException {
    try (Connection owner =
        DriverManager.getConnection(
            database.login().url(), database.login().owner(), database.login().ownerPassword())) {
      SchemaMigration.maskKey(owner, key);
    }
  }
}
